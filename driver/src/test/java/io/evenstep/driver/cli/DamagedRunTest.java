package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is in a run's folder, no command crashes or reports an internal error. */
class DamagedRunTest {
  private static final String CONFIGURATION = "configuration.json";
  private static final String WEIGHTS = "coefficients.bin";

  @TempDir private static Path folder;
  private static Workbench bench;

  @BeforeAll
  static void trainOnce() {
    bench = Workbench.in(folder);
    bench.job(Workbench.JOB.replace("{name: logistic}", "{name: mlp, hidden: [4]}"));
    bench.train().well();
  }

  @ParameterizedTest
  @CsvSource({
    "\"nout\" : 4, \"nout\" : 200000000",
    "\"nout\" : 4, \"nout\" : 9000000000000000000",
    "\"nin\" : 2, \"nin\" : -5",
    "\"nin\" : 2, \"nin\" : null",
    "\"activationFn\" : {, \"activationFn\" : null. \"x\" : {",
    "\"layer\" : {, \"layer\" : null. \"x\" : {",
    "\"confs\" : [, \"confs\" : []. \"x\" : [",
  })
  void configurationOfTheNetworkThatIsNotItsOwn(String is, String becomes) throws IOException {
    String other = becomes.replace('.', ',');
    Ended ended =
        predicted(
            "model.zip",
            zip ->
                inZip(
                    zip, CONFIGURATION, json -> bytes(text(json).replaceFirst(quoted(is), other))));

    ended.failedBySayingWhy(78, "model.zip");
  }

  private static String quoted(String text) {
    return java.util.regex.Pattern.quote(text);
  }

  @Test
  void networkOfGigabytesIsNotMadeOfAFileOfAFewBytes() throws IOException {
    predicted(
            "model.zip",
            zip ->
                inZip(
                    zip,
                    CONFIGURATION,
                    json -> bytes(text(json).replaceFirst("\"nout\" : 4", "\"nout\" : 200000000"))))
        .failed(
            78,
            "Cannot use "
                + bench.run("model.zip")
                + ": Cannot restore the network: its configuration needs 600000010 parameters, but"
                + " the zip has 22");
  }

  @Test
  void weightsThatAreNoNumbersPredictNothing() throws IOException {
    predicted("model.zip", zip -> inZip(zip, WEIGHTS, DamagedRunTest::withNan))
        .failed(
            78,
            "Cannot restore the network from coefficients.bin in "
                + bench.run("model.zip")
                + ": its number 21 is NaN");
  }

  private static byte[] withNan(byte[] weights) {
    byte[] changed = weights.clone();
    changed[changed.length - 4] = 0x7f;
    changed[changed.length - 3] = (byte) 0xc0;
    return changed;
  }

  @Test
  void zipThatIsCutShort() throws IOException {
    predicted("model.zip", zip -> Arrays.copyOf(zip, zip.length / 2))
        .failedBySayingWhy(78, "model.zip");
    predicted("model.zip", zip -> inZip(zip, WEIGHTS, w -> Arrays.copyOf(w, w.length / 2)))
        .failedBySayingWhy(78, "coefficients.bin in " + bench.run("model.zip"));
  }

  @ParameterizedTest
  @CsvSource({
    "encoding.json, null, predict, 65",
    "encoding.json, {}, evaluate, 65",
    "encoding.json, {\"inputs\": [null]}, predict, 65",
    "result.json, null, inspect, 65",
    "result.json, {}, inspect, 65",
    "rows.json, {}, evaluate, 65",
    "config.json, null, inspect, 78",
    "config.json, [[[[, predict, 78",
  })
  void textsThatHoldSomethingElse(String file, String text, String command, int code)
      throws IOException {
    withChanged(file, old -> bytes(text), () -> type(command))
        .failedBySayingWhy(code, file.replace("encoding.json", "encoding"));
  }

  private static Ended predicted(String file, UnaryOperator<byte[]> change) throws IOException {
    return withChanged(file, change, () -> type("predict"));
  }

  private static Ended type(String command) {
    String run = bench.run("").toString();
    return switch (command) {
      case "train" -> bench.train();
      case "predict" ->
          bench.type(
              command, run, "--input", "" + bench.path("rows.csv"), "--output", "" + folder + "/p");
      default -> bench.type(command, run);
    };
  }

  private interface Typing {
    Ended run();
  }

  private static Ended withChanged(String file, UnaryOperator<byte[]> change, Typing typing)
      throws IOException {
    Path path = bench.run(file);
    byte[] whole = Files.readAllBytes(path);
    write(path, change.apply(whole));
    try {
      return typing.run();
    } finally {
      write(path, whole);
    }
  }

  /** Without the checksum that Hadoop keeps beside it, because the file arrived damaged. */
  private static void write(Path path, byte[] bytes) throws IOException {
    Files.write(path, bytes);
    Files.deleteIfExists(path.resolveSibling("." + path.getFileName() + ".crc"));
  }

  private static byte[] inZip(byte[] zip, String entry, UnaryOperator<byte[]> change) {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
        ZipOutputStream out = new ZipOutputStream(changed)) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        out.putNextEntry(new ZipEntry(e.getName()));
        out.write(e.getName().equals(entry) ? change.apply(content) : content);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThat(changed.toByteArray()).isNotEqualTo(zip);
    return changed.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
