package io.evenstep.driver.data.pack;

import io.evenstep.model.DataException;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackIndex;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.checkpoint.ObjectStores;
import io.evenstep.worker.checkpoint.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of packs, one subfolder per key. A pack is written under a temporary name and renamed
 * when it is complete, so nobody sees a partial pack. On an object store the blocks stay where they
 * were written, in a subfolder; the index that names them is written last.
 */
final class PackFolder {
  private static final String UNFINISHED = ".unfinished-";
  private static final String PROBE = "probe";
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private final FileSystem fs;
  private final Path packs;
  private final boolean staysWhereWritten;

  PackFolder(FileSystem fs, Path packs) {
    this.fs = fs;
    this.staysWhereWritten = ObjectStores.include(fs);
    this.packs = fs.makeQualified(packs);
  }

  Path pack(String key) {
    return new Path(packs, key);
  }

  /** The index of a complete pack; empty if there is none, or if its files do not match. */
  Optional<PackIndex> find(String key) throws IOException {
    try (InputStream in = fs.open(new Path(pack(key), PackIndex.FILE))) {
      PackIndex index = PackIndex.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return index.key().equals(key) && hasFiles(index) ? Optional.of(index) : Optional.empty();
    } catch (FileNotFoundException | DataException e) {
      return Optional.empty();
    }
  }

  private boolean hasFiles(PackIndex index) throws IOException {
    Map<String, Long> needed = new HashMap<>(); // file -> length
    for (PackSplit split : List.of(index.train(), index.validation(), index.test())) {
      for (BlockEntry block : split.blocks()) {
        long end = block.offset() + (long) block.rows() * index.encoding().recordBytes();
        needed.merge(block.file(), end, Math::max);
      }
    }
    Set<String> folders = new HashSet<>(); // each is "" or ends in /
    needed.keySet().forEach(file -> folders.add(file.substring(0, file.lastIndexOf('/') + 1)));
    for (String folder : folders) {
      for (FileStatus file : fs.listStatus(new Path(pack(index.key()) + "/" + folder))) {
        needed.remove(folder + file.getPath().getName(), file.getLen());
      }
    }
    return needed.isEmpty();
  }

  /** Checks that a pack can be written. Leaves nothing behind. */
  void requireWritable() throws IOException {
    List<Path> made = new ArrayList<>();
    for (Path one = packs; one != null && !fs.exists(one); one = one.getParent()) {
      made.add(one);
    }
    remove(begin(PROBE));
    if (staysWhereWritten) {
      fs.delete(pack(PROBE), false);
    }
    for (Path one : made) {
      fs.delete(one, false);
    }
  }

  /** Creates a folder to write a pack to. */
  Path begin(String key) throws IOException {
    removeAbandoned();
    String attempt = UUID.randomUUID().toString();
    Path unfinished =
        staysWhereWritten
            ? new Path(pack(key), attempt)
            : new Path(packs, UNFINISHED + key + "-" + attempt);
    if (!fs.mkdirs(unfinished)) {
      throw new IOException("cannot create " + unfinished);
    }
    return unfinished;
  }

  /**
   * Writes the index, which completes the pack. If another job was faster, its pack is kept.
   *
   * @return the index of the complete pack
   */
  PackIndex finish(Path unfinished, PackIndex index) throws IOException {
    Optional<PackIndex> first = find(index.key());
    if (first.isPresent()) {
      fs.delete(unfinished, true);
      return first.get();
    }
    if (staysWhereWritten) {
      PackIndex placed = index.below(unfinished.getName());
      write(placed, pack(index.key()));
      return placed;
    }
    write(index, unfinished);
    rename(unfinished, index.key());
    return index;
  }

  private void write(PackIndex index, Path folder) throws IOException {
    byte[] json = index.toJson().getBytes(StandardCharsets.UTF_8);
    WholeFile.write(fs, new Path(folder, PackIndex.FILE), out -> out.write(json));
  }

  private void rename(Path unfinished, String key) throws IOException {
    fs.delete(pack(key), true); // a partial pack, left by another program
    if (!fs.rename(unfinished, pack(key)) && find(key).isEmpty()) {
      throw new IOException("cannot rename " + unfinished + " to " + pack(key));
    }
    fs.delete(
        new Path(pack(key), unfinished.getName()),
        true); // another job was faster: its rename moved ours inside the folder
    fs.delete(unfinished, true);
  }

  /** Removes an incomplete pack. */
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
