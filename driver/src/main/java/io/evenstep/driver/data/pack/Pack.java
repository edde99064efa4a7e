package io.evenstep.driver.data.pack;

import io.evenstep.model.data.pack.PackIndex;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.feed.BlockReader;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
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

  /** Reads its blocks. */
  public BlockReader reader(Configuration hadoop) throws IOException {
    return new BlockReader(
        folder.getFileSystem(hadoop), folder, index.encoding().decoder().recordBytes());
  }

  /**
   * A pack by its key alone; empty when there is none, or its files are not as its index says.
   *
   * @param packs folder that holds packs; need not exist
   */
  public static Optional<Pack> find(Path packs, String key, Configuration hadoop) {
    try {
      PackFolder folder = new PackFolder(packs.getFileSystem(hadoop), packs);
      return folder.find(key).map(index -> new Pack(folder.pack(key), index, true));
    } catch (IOException e) {
      throw FileFault.of("Cannot look for a pack below", packs, e);
    }
  }
}
