package io.evenstep.driver.data;

import io.evenstep.model.DataException;
import io.evenstep.model.data.BlockEntry;
import io.evenstep.model.data.PackIndex;
import io.evenstep.model.data.PackSplit;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder that holds packs, one folder a key. A pack is written beside it under a name of its
 * own and renamed when it is whole, so that nobody sees half of one.
 */
final class PackFolder {
  private static final String UNFINISHED = ".unfinished-";
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private final FileSystem fs;
  private final Path packs;

  PackFolder(FileSystem fs, Path packs) {
    this.fs = fs;
    this.packs = fs.makeQualified(packs);
  }

  Path pack(String key) {
    return new Path(packs, key);
  }

  /** The index of a whole pack; empty when there is none, or its files are not as it says. */
  Optional<PackIndex> find(String key) throws IOException {
    try (InputStream in = fs.open(new Path(pack(key), PackIndex.FILE))) {
      PackIndex index = PackIndex.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return index.key().equals(key) && hasFiles(index) ? Optional.of(index) : Optional.empty();
    } catch (FileNotFoundException | DataException e) {
      return Optional.empty();
    }
  }

  private boolean hasFiles(PackIndex index) throws IOException {
    Map<String, Long> needed = new HashMap<>(); // [file -> length]
    for (PackSplit split : List.of(index.train(), index.validation(), index.test())) {
      for (BlockEntry block : split.blocks()) {
        long end = block.offset() + (long) block.rows() * index.encoding().recordBytes();
        needed.merge(block.file(), end, Math::max);
      }
    }
    for (FileStatus file : fs.listStatus(pack(index.key()))) {
      needed.remove(file.getPath().getName(), file.getLen());
    }
    return needed.isEmpty();
  }

  /** A new folder to write a pack to. */
  Path begin(String key) throws IOException {
    removeAbandoned();
    Path unfinished = new Path(packs, UNFINISHED + key + "-" + UUID.randomUUID());
    if (!fs.mkdirs(unfinished)) {
      throw new IOException("cannot create " + unfinished);
    }
    return unfinished;
  }

  /** Writes the index and gives the pack its name; if another job was first, its pack stays. */
  void finish(Path unfinished, PackIndex index) throws IOException {
    try (OutputStream out = fs.create(new Path(unfinished, PackIndex.FILE))) {
      out.write(index.toJson().getBytes(StandardCharsets.UTF_8));
    }
    if (find(index.key()).isPresent()) {
      return;
    }
    fs.delete(pack(index.key()), true); // [half of one, left by something that was not us]
    if (!fs.rename(unfinished, pack(index.key())) && find(index.key()).isEmpty()) {
      throw new IOException("cannot rename " + unfinished + " to " + pack(index.key()));
    }
    fs.delete(new Path(pack(index.key()), unfinished.getName()), true); // [lost the race: moved in]
  }

  void remove(Path unfinished) throws IOException {
    fs.delete(unfinished, true);
  }

  private void removeAbandoned() throws IOException {
    if (!fs.exists(packs)) {
      return;
    }
    long newest = System.currentTimeMillis() - ABANDONED_AFTER.toMillis();
    for (FileStatus child : fs.listStatus(packs)) {
      if (child.getPath().getName().startsWith(UNFINISHED)
          && child.getModificationTime() < newest) {
        fs.delete(child.getPath(), true);
      }
    }
  }
}
