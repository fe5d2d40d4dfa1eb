# A tree of XML read, looked through and written.
import xml.etree.ElementTree as ET

item = '<item id="%d"><name>n%d</name><value unit="m">text &amp; more</value></item>'
text = "<root>" + "".join([item % (i, i) for i in range(1500)]) + "</root>"
root = ET.fromstring(text)
found = sum([len(element.find("name").text) for element in root.iter("item")])
print(found, len(root.findall("item/value")), len(ET.tostring(root)))
