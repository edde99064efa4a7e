package io.evenstep.driver;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Behaves like an object store, on the local disk under the scheme {@code objects}. An object
 * appears when its stream is closed, even if the writer failed, and nothing can be renamed.
 */
public final class ObjectStoreFixture extends RawLocalFileSystem {
  /** Registers it in a configuration; {@code objects:/path} is then a path on it. */
  public static void addTo(Configuration settings) {
    settings.set("fs.objects.impl", ObjectStoreFixture.class.getName());
    settings.set("evenstep.objectStores", "s3a,objects");
  }

  @Override
  public URI getUri() {
    return URI.create("objects:///");
  }

  @Override
  public String getScheme() {
    return "objects";
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException("An object store renamed " + from + " to " + to);
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
    return object(path);
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
    return object(path);
  }

  private FSDataOutputStream object(Path path) throws IOException {
    java.nio.file.Path target = pathToFile(path).toPath();
    java.nio.file.Path unseen = Files.createTempFile("object", null);
    OutputStream out =
        new FilterOutputStream(Files.newOutputStream(unseen)) {
          private boolean closed;

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
          }

          @Override
          public void close() throws IOException {
            super.close();
            if (!closed) {
              closed = true;
              Files.createDirectories(target.getParent());
              Files.move(unseen, target, StandardCopyOption.REPLACE_EXISTING);
            }
          }
        };
    return new FSDataOutputStream(out, new FileSystem.Statistics("objects"));
  }
}
