//! The map against std's containers: random operations, the same answers.

use super::kind::Header;
use super::map::Map;
use super::word::Word;
use crate::testing;
use crate::vm::Vm;
use std::vec::Vec;

/// A small generator of numbers; the same ones on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// What the map should hold, in order.
type Model = Vec<(isize, isize)>;

fn key(vm: &Vm, number: isize, as_text: bool) -> Word {
    if !as_text {
        return Word::int(number);
    }
    vm.new_str_object(&std::format!("key{number}")).expect("memory for a key")
}

fn step(vm: &Vm, map: &Map, model: &mut Model, random: &mut Random, keys: usize, text: bool) {
    let number = random.below(keys) as isize;
    let word = key(vm, number, text);
    let at = model.iter().position(|entry| entry.0 == number);
    match random.below(100) {
        0..45 => {
            let value = random.below(1000) as isize;
            assert_eq!(map.insert(vm, word, Word::int(value)), Ok(at.is_none()));
            match at {
                Some(at) => model[at].1 = value,
                None => model.push((number, value)),
            }
        }
        45..75 => {
            let expected = at.map(|at| Word::int(model.remove(at).1));
            assert!(map.remove(vm, word) == Ok(expected));
        }
        75..90 => assert!(map.get(vm, word) == Ok(at.map(|at| Word::int(model[at].1)))),
        90..95 => assert!(map.pop().map(|entry| entry.1) == model.pop().map(|entry| Word::int(entry.1))),
        95..99 => {
            let first = if model.is_empty() { None } else { Some(model.remove(0)) };
            assert!(map.pop_first().map(|entry| entry.1) == first.map(|entry| Word::int(entry.1)));
        }
        _ if random.below(20) == 0 => {
            map.clear(vm);
            model.clear();
        }
        _ => {}
    }
}

fn compare(vm: &Vm, map: &Map, model: &Model, text: bool) {
    assert_eq!(map.len(), model.len());
    let expected: Vec<(Word, Word)> = model.iter().map(|entry| (key(vm, entry.0, text), Word::int(entry.1))).collect();
    let found: Vec<(Word, Word)> = map.iter().collect();
    assert!(found.len() == expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert!(vm.equal(found.0, expected.0) == Ok(true) && found.1 == expected.1);
    }
    let mut end = map.end();
    for expected in expected.iter().rev() {
        end = map.previous_entry(end).expect("as many backwards");
        assert!(map.entry(end).map(|entry| entry.1) == Some(expected.1));
    }
    assert!(map.previous_entry(end).is_none());
}

fn run(seed: u64, keys: usize, text: bool) {
    testing::vm(4 << 20).enter(|vm| {
        let dict = vm.new_object(super::dict::Dict { header: Header::of(&super::dict::DICT), map: Map::EMPTY }).expect("memory");
        let (mut model, mut random) = (Model::new(), Random(seed));
        for number in 0..6000 {
            step(vm, &dict.map, &mut model, &mut random, keys, text);
            if number % 50 == 0 {
                compare(vm, &dict.map, &model, text);
            }
        }
        compare(vm, &dict.map, &model, text);
    });
}

#[test]
fn small_maps_agree_with_a_vector() {
    (0..8).for_each(|seed| run(seed, 7, seed % 2 == 0));
}

#[test]
fn indexed_maps_agree_with_a_vector() {
    (0..4).for_each(|seed| run(seed, 60, seed % 2 == 0));
    (4..8).for_each(|seed| run(seed, 700, seed % 2 == 0));
}

#[test]
fn a_map_as_stack_or_queue_takes_steps_in_proportion() {
    testing::vm(16 << 20).enter(|vm| {
        let dict = vm.new_dict().expect("memory");
        for number in 0..60_000 {
            dict.map.insert(vm, Word::int(number), Word::NONE).expect("memory");
        }
        // Quadratic walks would take 1.8 billion steps here.
        for number in 0..30_000 {
            assert!(dict.map.pop_first().map(|entry| entry.0) == Some(Word::int(number)));
            assert!(dict.map.pop().map(|entry| entry.0) == Some(Word::int(59_999 - number)));
        }
        assert!(dict.map.is_empty());
    });
}
