package io.evenstep.driver.data.pack;

import io.evenstep.model.data.pack.PackIndex;
import org.apache.hadoop.fs.Path;

/**
 * A pack on the file system, ready to be trained on.
 *
 * @param folder the block files of the index lie in
 * @param index what it holds
 * @param reused whether an earlier run made it from the same data
 */
public record Pack(Path folder, PackIndex index, boolean reused) {
  /** Rows of all splits together. */
  public long rows() {
    return index.train().rows() + index.validation().rows() + index.test().rows();
  }
}
