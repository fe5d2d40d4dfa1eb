//! The routines that the compiler calls to copy, fill and compare memory, by the names of Arm's calling convention (RTABI §4.3.4)
//! and of C.
//!
//! The compiler brings its own: 4 kB, most of it for memory that is not aligned, which these processors read and write as it is
//! (ARMv7-M, A3.2.1). All go by words as far as there are whole ones, copies too: a word is read before one is written that overlaps
//! it. r0 is kept where C's function returns it. In Rust, the compiler would recognise what they do and make them calls of
//! themselves.
#![no_std]
#![expect(unsafe_code, reason = "these are what safe code's copies are made of")]

core::arch::global_asm!(
    r#"
    .syntax unified
    .section .text.memory, "ax", %progbits

    .macro routine name
    .global \name
    .type \name, %function
    .thumb_func
\name:
    .endm

// (to, from, count): backwards where the source would be overwritten before it is read, else as memcpy.
    routine memmove
    routine __aeabi_memmove
    routine __aeabi_memmove4
    routine __aeabi_memmove8
    subs r3, r0, r1
    cmp r3, r2
    bhs 5f
    add r12, r0, r2
    adds r1, r1, r2
    b 2f
1:  ldr r3, [r1, #-4]!
    str r3, [r12, #-4]!
2:  subs r2, r2, #4
    bhs 1b
    adds r2, r2, #4
    beq 4f
3:  ldrb r3, [r1, #-1]!
    strb r3, [r12, #-1]!
    subs r2, r2, #1
    bne 3b
4:  bx lr

// (to, from, count)
    routine memcpy
    routine __aeabi_memcpy
    routine __aeabi_memcpy4
    routine __aeabi_memcpy8
5:  mov r12, r0
    b 2f
1:  ldr r3, [r1], #4
    str r3, [r12], #4
    ldr r3, [r1], #4
    str r3, [r12], #4
    ldr r3, [r1], #4
    str r3, [r12], #4
    ldr r3, [r1], #4
    str r3, [r12], #4
2:  subs r2, r2, #16
    bhs 1b
    adds r2, r2, #12
    bcc 4f
3:  ldr r3, [r1], #4
    str r3, [r12], #4
    subs r2, r2, #4
    bhs 3b
4:  adds r2, r2, #4
    beq 6f
5:  ldrb r3, [r1], #1
    strb r3, [r12], #1
    subs r2, r2, #1
    bne 5b
6:  bx lr

// (to, byte, count), as C has it; Arm's has the byte last, or no byte.
    routine memset
    mov r3, r1
    mov r1, r2
    mov r2, r3
    b 1f
    routine __aeabi_memclr
    routine __aeabi_memclr4
    routine __aeabi_memclr8
    movs r2, #0
    routine __aeabi_memset
    routine __aeabi_memset4
    routine __aeabi_memset8
1:  uxtb r2, r2
    orr r2, r2, r2, lsl #8
    orr r2, r2, r2, lsl #16
    mov r12, r0
    b 3f
2:  str r2, [r12], #4
    str r2, [r12], #4
    str r2, [r12], #4
    str r2, [r12], #4
3:  subs r1, r1, #16
    bhs 2b
    adds r1, r1, #12
    bcc 5f
4:  str r2, [r12], #4
    subs r1, r1, #4
    bhs 4b
5:  adds r1, r1, #4
    beq 7f
6:  strb r2, [r12], #1
    subs r1, r1, #1
    bne 6b
7:  bx lr

// (a, b, count) gives how the first bytes that differ compare: negative, zero, positive.
    routine memcmp
    routine bcmp
    b 2f
1:  ldr r3, [r0], #4
    ldr r12, [r1], #4
    cmp r3, r12
    bne 3f
2:  subs r2, r2, #4
    bhs 1b
    adds r2, r2, #4
    b 5f
    // One of these four bytes.
3:  subs r0, r0, #4
    subs r1, r1, #4
    movs r2, #4
4:  ldrb r3, [r0], #1
    ldrb r12, [r1], #1
    subs r3, r3, r12
    bne 6f
5:  subs r2, r2, #1
    bhs 4b
    movs r3, #0
6:  mov r0, r3
    bx lr
"#
);
