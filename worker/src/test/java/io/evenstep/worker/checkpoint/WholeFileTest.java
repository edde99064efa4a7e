package io.evenstep.worker.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void replacesAFileOnALocalDiskAndForgetsItsOldChecksums() throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration());
    try (var out = files.create(target())) {
      out.write("old".getBytes(UTF_8));
    }
    WholeFile.write(files, target(), out -> out.write("new".getBytes(UTF_8)));

    try (var in = files.open(target())) {
      assertThat(in.readAllBytes()).asString().isEqualTo("new");
    }
    assertThat(names()).containsExactly("file");
  }

  @Test
  void makesTheFoldersAboveAFileOnALocalDisk() throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration());
    Path file = folder.resolve("not/there/yet");
    WholeFile.write(
        files,
        new org.apache.hadoop.fs.Path(file.toUri()),
        out -> out.write("new".getBytes(UTF_8)));

    assertThat(file).hasContent("new");
  }

  @Test
  void keepsTheOldFileAndNoHalfWhenTheDiskIsFull() throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration());
    Files.writeString(folder.resolve("file"), "old");

    assertThatThrownBy(
            () ->
                WholeFile.write(
                    files,
                    target(),
                    out -> {
                      out.write(1);
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("No space left on device");

    assertThat(folder.resolve("file")).hasContent("old");
    assertThat(names()).containsExactly("file");
  }

  /** Works like HDFS. It must not delete first and rename afterwards. */
  @Test
  void asksOtherFileSystemsToReplaceInOneGo() throws IOException {
    List<String> calls = new ArrayList<>();
    FileSystem disk = new RawLocalFileSystem();
    disk.initialize(URI.create("file:///"), new Configuration());
    FileSystem remote =
        new FilterFileSystem(disk) {
          @Override
          public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) {
            throw new AssertionError("deleted " + path);
          }

          @Override
          protected void rename(
              org.apache.hadoop.fs.Path from,
              org.apache.hadoop.fs.Path to,
              Options.Rename... options)
              throws IOException {
            calls.add(from.getName() + " to " + to.getName() + " " + List.of(options));
            super.rename(from, to, options);
          }
        };
    Files.writeString(folder.resolve("file"), "old");

    WholeFile.write(remote, target(), out -> out.write("new".getBytes(UTF_8)));

    assertThat(calls).containsExactly("file.unfinished to file [OVERWRITE]");
    assertThat(folder.resolve("file")).hasContent("new");
  }

  private org.apache.hadoop.fs.Path target() {
    return new org.apache.hadoop.fs.Path(folder.resolve("file").toUri());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
