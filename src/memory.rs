//! Copying memory, for the static program: what musl brings for it is slow.
//!
//! A row of telemetry is put together from some hundred pieces of a few bytes. musl's `memcpy` and `memmove` use string
//! instructions, whose start-up alone costs more than such a copy, and run them backwards where the pieces overlap, a byte
//! at a time; loading a night spent half of this program's time there. So the static program defines both names itself,
//! as every C library does: all bytes of a short copy are loaded before the first is stored, which makes one routine right
//! for both. There is no safe way to define these names; this file is the only one that is allowed another.

#![allow(
    unsafe_code,
    reason = "the linker's names for copying memory can only be defined in assembly, see above"
)]

// In: rdi = destination, rsi = source, rdx = count of bytes. Out: rax = destination. SSE2 is part of every x86-64.
#[cfg(all(target_arch = "x86_64", any(test, target_env = "musl")))]
std::arch::global_asm!(
    ".pushsection .text.xtelemdb_copy, \"ax\", @progbits",
    ".p2align 5",
    ".globl xtelemdb_copy",
    ".type xtelemdb_copy, @function",
    "xtelemdb_copy:",
    "    mov rax, rdi",
    "    cmp rdx, 16",
    "    jae 16f",
    "    cmp rdx, 8",
    "    jae 8f",
    "    cmp rdx, 4",
    "    jae 4f",
    "    test rdx, rdx",
    "    je 1f",
    // 1 to 3 bytes: the first, the middle one and the last, which may be the same.
    "    mov rcx, rdx",
    "    shr rcx, 1",
    "    movzx r8d, byte ptr [rsi]",
    "    movzx r9d, byte ptr [rsi + rcx]",
    "    movzx r10d, byte ptr [rsi + rdx - 1]",
    "    mov byte ptr [rdi], r8b",
    "    mov byte ptr [rdi + rcx], r9b",
    "    mov byte ptr [rdi + rdx - 1], r10b",
    "1:  ret",
    // 4 to 7, 8 to 15, 16 to 32, ...: the first and the last block, which may overlap.
    "4:  mov r8d, dword ptr [rsi]",
    "    mov r9d, dword ptr [rsi + rdx - 4]",
    "    mov dword ptr [rdi], r8d",
    "    mov dword ptr [rdi + rdx - 4], r9d",
    "    ret",
    "8:  mov r8, qword ptr [rsi]",
    "    mov r9, qword ptr [rsi + rdx - 8]",
    "    mov qword ptr [rdi], r8",
    "    mov qword ptr [rdi + rdx - 8], r9",
    "    ret",
    "16: cmp rdx, 32",
    "    ja 32f",
    "    movups xmm0, [rsi]",
    "    movups xmm1, [rsi + rdx - 16]",
    "    movups [rdi], xmm0",
    "    movups [rdi + rdx - 16], xmm1",
    "    ret",
    "32: cmp rdx, 64",
    "    ja 64f",
    "    movups xmm0, [rsi]",
    "    movups xmm1, [rsi + 16]",
    "    movups xmm2, [rsi + rdx - 32]",
    "    movups xmm3, [rsi + rdx - 16]",
    "    movups [rdi], xmm0",
    "    movups [rdi + 16], xmm1",
    "    movups [rdi + rdx - 32], xmm2",
    "    movups [rdi + rdx - 16], xmm3",
    "    ret",
    // More than 64 bytes, in blocks of 64. Backwards if the destination starts within the source.
    "64: mov rcx, rdi",
    "    sub rcx, rsi",
    "    cmp rcx, rdx",
    "    jb 66f",
    // Forwards: the last block is loaded first, since it may be overwritten, and stored last.
    "    movups xmm4, [rsi + rdx - 64]",
    "    movups xmm5, [rsi + rdx - 48]",
    "    movups xmm6, [rsi + rdx - 32]",
    "    movups xmm7, [rsi + rdx - 16]",
    "    lea r8, [rdi + rdx - 64]",
    "65: movups xmm0, [rsi]",
    "    movups xmm1, [rsi + 16]",
    "    movups xmm2, [rsi + 32]",
    "    movups xmm3, [rsi + 48]",
    "    movups [rdi], xmm0",
    "    movups [rdi + 16], xmm1",
    "    movups [rdi + 32], xmm2",
    "    movups [rdi + 48], xmm3",
    "    add rsi, 64",
    "    add rdi, 64",
    "    cmp rdi, r8",
    "    jb 65b",
    "    movups [r8], xmm4",
    "    movups [r8 + 16], xmm5",
    "    movups [r8 + 32], xmm6",
    "    movups [r8 + 48], xmm7",
    "    ret",
    // Backwards: the first block is loaded first and stored last.
    "66: movups xmm4, [rsi]",
    "    movups xmm5, [rsi + 16]",
    "    movups xmm6, [rsi + 32]",
    "    movups xmm7, [rsi + 48]",
    "67: movups xmm0, [rsi + rdx - 64]",
    "    movups xmm1, [rsi + rdx - 48]",
    "    movups xmm2, [rsi + rdx - 32]",
    "    movups xmm3, [rsi + rdx - 16]",
    "    movups [rdi + rdx - 64], xmm0",
    "    movups [rdi + rdx - 48], xmm1",
    "    movups [rdi + rdx - 32], xmm2",
    "    movups [rdi + rdx - 16], xmm3",
    "    sub rdx, 64",
    "    cmp rdx, 64",
    "    ja 67b",
    "    movups [rdi], xmm4",
    "    movups [rdi + 16], xmm5",
    "    movups [rdi + 32], xmm6",
    "    movups [rdi + 48], xmm7",
    "    ret",
    ".size xtelemdb_copy, . - xtelemdb_copy",
    ".popsection",
);

#[cfg(all(target_arch = "x86_64", target_env = "musl"))]
std::arch::global_asm!(
    ".globl memcpy",
    ".set memcpy, xtelemdb_copy",
    ".globl memmove",
    ".set memmove, xtelemdb_copy",
);

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    unsafe extern "C" {
        fn xtelemdb_copy(to: *mut u8, from: *const u8, count: usize) -> *mut u8;
    }

    /// Every length to 300 at every distance that can overlap, either way round, and some long ones.
    #[test]
    fn copies_what_copy_within_copies() {
        let lengths = (0..300).chain([511, 512, 513, 4095, 4096, 65_537]);
        for length in lengths {
            let shifts: Vec<usize> =
                if length < 300 { (0..length + 3).collect() } else { vec![0, 1, 17, 63, 64, 65, length] };
            for shift in shifts {
                for (from, to) in [(0, shift), (shift, 0)] {
                    let mut expected: Vec<u8> =
                        (0..length + shift + 8).map(|n| (n * 31 % 251) as u8).collect();
                    let mut copied = expected.clone();
                    expected.copy_within(from..from + length, to);
                    let start = copied.as_mut_ptr();
                    // SAFETY: both ranges lie within `copied`, which has `length + shift + 8` bytes.
                    let returned = unsafe { xtelemdb_copy(start.add(to), start.add(from), length) };
                    assert_eq!(returned, copied[to..].as_mut_ptr());
                    assert_eq!(copied, expected, "{length} bytes from {from} to {to}");
                }
            }
        }
    }
}
