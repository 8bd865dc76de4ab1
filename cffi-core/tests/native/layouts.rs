//! Sizes, alignments, offsets and bitfields of random records.

use std::fmt::Write;
use std::process::Command;

use haft_cffi_core::types::FieldBits;
use haft_cffi_core::{Raises, Types, memory};

use super::random::Random;
use super::{compile, declare};

const N_RECORDS: usize = 600;

#[test]
fn random_records_have_the_compilers_layout() {
    let mut random = Random::new(0x0fee_d5ee_d001);
    let records: String = (0..N_RECORDS).map(|index| random.record(index, true)).collect();
    let (types, decls) = declare(&records);
    let mut program = format!(
        "#include <stdio.h>\n#include <stddef.h>\n#include <string.h>\n#include <stdint.h>\n{records}\n\
         static void dump(const char *name, const void *p, size_t n) {{ printf(\" %s=\", name); \
         for (size_t i = 0; i < n; i++) printf(\"%02x\", ((const unsigned char *)p)[i]); }}\n\
         int main(void) {{\n"
    );
    let mut ours = String::new();
    let mut n_compared = 0;
    for index in 0..N_RECORDS {
        let (ty, _) = decls.typedef(&format!("r{index}_t")).unwrap();
        let layout = match types.layout(ty) {
            Ok(layout) => layout.unwrap(),
            // GCC puts bits of a packed field into the previous one's byte; cffi refuses that.
            Err(error) if error.raises == Raises::NotImplementedError => continue,
            Err(error) => panic!("{error}"),
        };
        n_compared += 1;
        write!(ours, "r{index} {} {}", layout.size, layout.align).unwrap();
        writeln!(
            program,
            "{{ r{index}_t x; printf(\"r{index} %zu %zu\", sizeof x, _Alignof(r{index}_t));"
        )
        .unwrap();
        for (name, field) in &layout.fields {
            match field.bits {
                FieldBits::Bitfield { .. } => {
                    writeln!(
                        program,
                        "memset(&x, 0, sizeof x); x.{name} = -1; dump(\"{name}\", &x, sizeof x);"
                    )
                    .unwrap();
                    write!(ours, " {name}={}", ones(&types, layout.size, field)).unwrap();
                }
                _ => {
                    writeln!(program, "printf(\" {name}@%zu\", offsetof(r{index}_t, {name}));")
                        .unwrap();
                    write!(ours, " {name}@{}", field.offset).unwrap();
                }
            }
        }
        program.push_str("puts(\"\"); }\n");
        ours.push('\n');
    }
    program.push_str("return 0; }\n");
    assert!(n_compared > N_RECORDS * 3 / 4, "{n_compared}");
    let output = Command::new(compile("layouts", &program, &["-O0"])).output().unwrap();
    let theirs = String::from_utf8(output.stdout).unwrap();
    for (ours, theirs) in ours.lines().zip(theirs.lines()) {
        let index: String = ours.chars().take_while(|c| !c.is_whitespace()).collect();
        let text = records.split("typedef ").find(|text| text.contains(&format!("{index}_t;")));
        assert_eq!(ours, theirs, "{}", text.unwrap_or_default());
    }
    assert_eq!(ours.lines().count(), theirs.lines().count());
}

/// The bytes of the record with all bits of one bitfield set.
fn ones(types: &Types, size: u64, field: &haft_cffi_core::types::Field) -> String {
    let mut bytes = vec![0u8; usize::try_from(size).unwrap()];
    let primitive = types.stored_as(field.ty).unwrap();
    let FieldBits::Bitfield { width, .. } = field.bits else { return String::new() };
    let value = if primitive.is_signed() { -1 } else { (1i128 << width) - 1 };
    let address = bytes[usize::try_from(field.offset).unwrap()..].as_mut_ptr();
    let written = {
        // SAFETY: the layout, which is being tested, keeps the field inside the record; only bytes
        // with bits of the field are touched.
        unsafe {
            memory::write_bitfield(
                address,
                primitive.size(),
                field.bits,
                primitive.is_signed(),
                value,
            )
        }
    };
    written.unwrap();
    // SAFETY: as above.
    let read = unsafe {
        memory::read_bitfield(address, primitive.size(), field.bits, primitive.is_signed())
    };
    assert_eq!(read, Some(value));
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
