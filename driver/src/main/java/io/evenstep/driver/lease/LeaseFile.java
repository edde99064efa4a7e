package io.evenstep.driver.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenstep.worker.checkpoint.Disks;
import io.evenstep.worker.checkpoint.ObjectStores;
import io.evenstep.worker.checkpoint.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.ipc.RemoteException;

/** The file of a lease. */
final class LeaseFile {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** HDFS's exception for the second of two processes that create a file at once. */
  private static final String BEING_CREATED =
      "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException";

  private final FileSystem files;
  private final Path file;

  LeaseFile(FileSystem files, Path file) {
    this.files = Disks.raw(files);
    this.file = file;
  }

  Path path() {
    return file;
  }

  /** The holder; empty if there is none. */
  Optional<Holder> read() throws IOException {
    try (InputStream in = files.open(file)) {
      return Optional.of(
          Optional.ofNullable(JSON.readValue(in.readAllBytes(), Holder.class))
              .orElse(Holder.UNREADABLE));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(Holder.UNREADABLE);
    }
  }

  /**
   * Creates the file if it does not exist. On a local disk and HDFS only one of two processes
   * succeeds. On an object store both may, and the later file stays.
   *
   * @return false if it existed
   */
  boolean create(Holder holder) throws IOException {
    byte[] json = JSON.writeValueAsBytes(holder);
    if (ObjectStores.include(files)) {
      if (files.exists(file)) {
        return false;
      }
      replace(holder);
      return true;
    }
    files.mkdirs(file.getParent());
    try (OutputStream out = newFile()) {
      out.write(json);
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (RemoteException e) {
      if (BEING_CREATED.equals(e.getClassName())) {
        return false;
      }
      throw e;
    }
  }

  private OutputStream newFile() throws IOException {
    Optional<RawLocalFileSystem> disk = Disks.local(files);
    return disk.isPresent()
        ? Files.newOutputStream(disk.get().pathToFile(file).toPath(), StandardOpenOption.CREATE_NEW)
        : files.create(file, false);
  }

  /** Writes or replaces the file. */
  void replace(Holder holder) throws IOException {
    byte[] json = JSON.writeValueAsBytes(holder);
    WholeFile.write(files, file, out -> out.write(json));
  }

  void delete() throws IOException {
    files.delete(file, false);
  }
}
