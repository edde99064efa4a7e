package io.evenstep.driver;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code faulty}. Files with certain names fail half way, as on a
 * disk that is full, read-only or broken. Needs no mount, and so no root.
 */
public final class FaultyDiskFixture extends RawLocalFileSystem {
  private static volatile Pattern names = Pattern.compile("(?!)");
  private static volatile String words = "";

  /** Registers it in a configuration; {@code faulty:/path} is then a path on it. */
  public static void addTo(Configuration settings) {
    settings.set("fs.faulty.impl", FaultyDiskFixture.class.getName());
  }

  /** From now on, files with these names fail with this message; none if it is empty. */
  public static void fail(String pattern, String with) {
    names = Pattern.compile(pattern);
    words = with;
  }

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  /** Without the disk's permissions, because Hadoop looks them up under {@code file}. */
  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    FileStatus disk = super.getFileStatus(path);
    return new FileStatus(
        disk.getLen(),
        disk.isDirectory(),
        1,
        disk.getBlockSize(),
        disk.getModificationTime(),
        disk.getPath());
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    Files.createDirectories(file.getParent());
    OutputStream out = Files.newOutputStream(file);
    boolean fails = names.matcher(path.getName()).find();
    return new FSDataOutputStream(
        fails ? failing(out) : out, new FileSystem.Statistics(getScheme()));
  }

  private static OutputStream failing(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int one) throws IOException {
        throw new IOException(words);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        throw new IOException(words);
      }
    };
  }
}
