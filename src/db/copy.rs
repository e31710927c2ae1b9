//! The binary COPY format: rows encoded by hand into a buffer, and sending them.
//!
//! A field is its length as a 32-bit number and its bytes, everything in network order; a `timestamptz` is its
//! microseconds since 2000-01-01 UTC.

use super::failure::{Failure, Outcome};
use postgres::CopyInWriter;
use std::io::Write;

/// Signature, flags and length of the header extension.
const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// What a null stands for in place of a length.
const NULL: i32 = -1;

/// Begins the data.
pub fn begin(buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(HEADER);
}

/// Begins a row.
pub fn row(buffer: &mut Vec<u8>, fields: i16) {
    buffer.extend_from_slice(&fields.to_be_bytes());
}

/// A `bigint` or `timestamptz`.
pub fn field_i64(buffer: &mut Vec<u8>, value: i64) {
    buffer.extend_from_slice(&8_i32.to_be_bytes());
    buffer.extend_from_slice(&value.to_be_bytes());
}

/// A `smallint`.
pub fn field_i16(buffer: &mut Vec<u8>, value: i16) {
    buffer.extend_from_slice(&2_i32.to_be_bytes());
    buffer.extend_from_slice(&value.to_be_bytes());
}

/// A `text` or `bytea`. The server takes no field beyond 1 GB; ours are bounded far below.
pub fn field_bytes(buffer: &mut Vec<u8>, bytes: &[u8]) {
    buffer.extend_from_slice(&(bytes.len() as i32).to_be_bytes());
    buffer.extend_from_slice(bytes);
}

/// A null of any type.
pub fn field_null(buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(&NULL.to_be_bytes());
}

/// Ends the data.
pub fn end(buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(&(-1_i16).to_be_bytes());
}

/// Sends a slice of the data, best one of [`COPY_SLICE_BYTES`](crate::limits::COPY_SLICE_BYTES). When the server has had
/// enough of it, the error is the one that the server gave.
pub fn send<'a>(mut writer: CopyInWriter<'a>, slice: &[u8]) -> Outcome<CopyInWriter<'a>> {
    match writer.write_all(slice) {
        Ok(()) => Ok(writer),
        Err(error) => match writer.finish() {
            Err(servers) => Err(servers.into()),
            Ok(_) => Err(Failure::Lost(format!("sending rows: {error}"))),
        },
    }
}
