# unittest.mock.
from unittest import mock
from unittest.mock import Mock, MagicMock, patch, call, sentinel, ANY, mock_open, AsyncMock, create_autospec, PropertyMock
m=Mock(); m.a.b(1,x=2); m(3)
print(m.mock_calls, m.method_calls, m.call_args, m.called, m.a.b.call_count)
m.a.b.assert_called_once_with(1,x=2)
try: m.a.b.assert_called_with(2)
except AssertionError as e: print(e)
m=Mock(side_effect=[1,ValueError("x"),3]); print(m())
try: m()
except ValueError as e: print("VE",e)
print(m())
mm=MagicMock(); mm.__len__.return_value=5; print(len(mm), bool(mm), int(mm), list(mm), mm[1] is not None, 3 in mm)
mm.__getitem__.side_effect=lambda k:k*2; print(mm[4])
with mm as q: pass
print(mm.__enter__.called, mm.__exit__.call_args)
class A:
    def f(self,x): return x
    v=1
with patch.object(A,"f",return_value=9) as pf:
    print(A().f(3), pf.call_args)
print(A().f(3))
import os
with patch.dict(os.environ,{"ZZ":"1"}): print(os.environ.get("ZZ"))
print(os.environ.get("ZZ"))
@patch("os.getcwd")
def t(g): g.return_value="/x"; return os.getcwd()
print(t())
print(call(1,a=2), call.foo(3), call.foo.bar, sentinel.x, call(1)==call(1), call(1)==(( 1,),), call(ANY)==call(5))
with patch("builtins.open", mock_open(read_data="hello\nworld\n")) as o:
    with open("foo") as f: print(f.read(), o.call_args)
import asyncio
async def go():
    a=AsyncMock(return_value=3); print(await a(1)); a.assert_awaited_once_with(1)
asyncio.run(go())
ca=create_autospec(A)
try: ca.f(1,2,3)
except TypeError as e: print("TE")
sp=Mock(spec=A)
try: sp.zzz
except AttributeError as e: print(e)
print(repr(Mock(name="foo"))[:22])
with patch.object(A,"v",new_callable=PropertyMock) as pm:
    pm.return_value=7; print(A().v)
print(A.v)
m=Mock(); m.configure_mock(**{"a.b.return_value":4}); print(m.a.b())
mm=MagicMock(); mm(1).foo(2); print(mm.mock_calls==[call(1),call().foo(2)], mm.mock_calls)
