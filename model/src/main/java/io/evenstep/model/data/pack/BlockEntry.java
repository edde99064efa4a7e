package io.evenstep.model.data.pack;

import java.io.Serializable;

/**
 * Where one block of a pack is. A block is a run of fixed-size records, a few megabytes long.
 *
 * @param file name of the block file, relative to the pack's folder
 * @param offset bytes from the start of the file to the first record
 * @param rows records in the block, at least 1
 * @param crc32c CRC-32C of the records' bytes
 */
public record BlockEntry(String file, long offset, int rows, int crc32c) implements Serializable {
  BlockEntry below(String folder) {
    return new BlockEntry(folder + "/" + file, offset, rows, crc32c);
  }
}
