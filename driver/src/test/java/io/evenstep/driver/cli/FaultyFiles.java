package io.evenstep.driver.cli;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local disk as {@code dying:///}, whose calls fail from a certain call on. */
public final class FaultyFiles extends RawLocalFileSystem {
  private static final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private static volatile Kind kind = Kind.DISK;

  /** Hadoop creates one for each scheme. */
  public FaultyFiles() {}

  /** How a call fails. */
  enum Kind {
    /** Like Hadoop's own file systems. */
    DISK,
    /** Like the clients of cloud stores, with their own exceptions. */
    CLIENT
  }

  /** The first calls succeed; all later ones fail. */
  static void failAfter(int calls, Kind as) {
    kind = as;
    left.set(calls);
  }

  /** From now on nothing fails. */
  static void heal() {
    left.set(Integer.MAX_VALUE);
  }

  @Override
  public URI getUri() {
    return URI.create("dying:///");
  }

  @Override
  public String getScheme() {
    return "dying";
  }

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(getUri(), conf);
  }

  private static void call() throws IOException {
    if (left.decrementAndGet() < 0 && kind == Kind.CLIENT) {
      throw foreign("the bucket has been emptied");
    } else if (left.get() < 0) {
      throw new IOException("the disk has left the room");
    }
  }

  /** A failure that began in code outside Evenstep. */
  static RuntimeException foreign(String words) {
    RuntimeException failure = new IllegalStateException(words);
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("com.example.store.Client", "call", "Client.java", 1)
        });
    return failure;
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    call();
    return super.open(path, buffer);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    call();
    return super.create(path, permission, overwrite, buffer, replication, block, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    call();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    call();
    return super.delete(path, recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    call();
    return super.listStatus(path);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    call();
    return super.mkdirs(path);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    call();
    return super.getFileStatus(path);
  }
}
