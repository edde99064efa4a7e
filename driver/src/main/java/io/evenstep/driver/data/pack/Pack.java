package io.evenstep.driver.data.pack;

import io.evenstep.model.data.pack.PackIndex;
import org.apache.hadoop.fs.Path;

/**
 * A pack on the file system, ready for training.
 *
 * @param folder of the index's block files
 * @param index its content
 * @param reused whether an earlier run wrote it
 */
public record Pack(Path folder, PackIndex index, boolean reused) {
  /** Rows of all splits. */
  public long rows() {
    return index.train().rows() + index.validation().rows() + index.test().rows();
  }
}
