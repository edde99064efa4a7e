package io.evenstep.driver.run;

import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.Reason;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.evaluation.Judging;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Stores the encoding of a network's inputs as an extra entry in its DL4J zip. DL4J ignores the
 * entry. The zip alone is enough to predict rows.
 */
public final class ModelFiles {
  private static final String ENTRY = "evenstep/encoding.json";
  private static final int MOST_BYTES = 64 << 20;

  private ModelFiles() {}

  /**
   * The network of a finished run, with the encoding of its inputs.
   *
   * @param engine computes it
   * @param allowed the classes that its configuration may name
   * @throws ConfigException when there is none, or it names a class that is not allowed
   */
  public static ShippedModel read(
      RunFolder run, Judging judging, EngineChoice engine, AllowedTypes allowed) {
    org.apache.hadoop.fs.Path file = run.path("model.zip");
    Encoding encoding = encoding(run);
    try (InputStream in = run.files().open(file)) {
      byte[] zip = in.readAllBytes();
      if (!NativeRuntime.hasCuda()) { // the driver may have no GPU
        check(zip, allowed, RunFolder.shown(file), encoding);
      }
      Objective objective = Objective.inference(engine, encoding.masked());
      return new ShippedModel(zip, encoding, objective, judging, allowed);
    } catch (FileNotFoundException e) {
      throw new ConfigException(
          "Missing model.zip in " + run + ": the run has not finished; finish it with train", e);
    } catch (IOException e) {
      throw FileFault.of("Cannot read", file, e);
    }
  }

  private static void check(byte[] zip, AllowedTypes allowed, String file, Encoding encoding) {
    try {
      Networks.check(zip, allowed, file, StartingNetwork.shape(encoding));
    } catch (ConfigException e) {
      String words = String.valueOf(e.getMessage());
      throw words.contains(file) ? e : new ConfigException("Cannot use " + file + ": " + words, e);
    }
  }

  private static Encoding encoding(RunFolder run) {
    String json =
        run.read("encoding.json")
            .orElseThrow(
                () ->
                    new ConfigException(
                        "Missing encoding.json in "
                            + run
                            + ": this is not a run's folder, or it is damaged"));
    try {
      return Encoding.fromJson(json);
    } catch (DataException e) {
      throw new DataException("Cannot use the run in " + run + ": " + e.getMessage(), e);
    }
  }

  /** Writes a network to where {@link #read} finds it. */
  public static void write(RunFolder run, ShippedModel model) {
    run.write("model.zip", out -> out.write(model.zip()));
    run.write("encoding.json", model.encoding().toJson());
  }

  /** Copies a DL4J zip and adds the encoding to it. */
  static void addEncoding(InputStream model, Encoding encoding, OutputStream out)
      throws IOException {
    try (ZipInputStream from = new ZipInputStream(model);
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        if (!entry.getName().equals(ENTRY)) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          from.transferTo(to);
          to.closeEntry();
        }
      }
      to.putNextEntry(new ZipEntry(ENTRY));
      to.write(encoding.toJson().getBytes(StandardCharsets.UTF_8));
      to.closeEntry();
    }
  }

  /** Adds the encoding to a model of a run's folder. */
  static void addEncoding(RunFolder run, String model, Encoding encoding) {
    org.apache.hadoop.fs.Path file = run.path(model);
    try {
      if (!run.files().exists(file)) {
        return;
      }
    } catch (IOException e) {
      throw FileFault.of("Cannot look for", file, e);
    }
    run.write(model, out -> addEncoding(run.files().open(file), encoding, out));
  }

  /**
   * The encoding of a model's inputs; empty for a zip that Evenstep did not write.
   *
   * @throws ConfigException when it cannot be read
   */
  static Optional<Encoding> encoding(Path model) {
    try (ZipFile zip = new ZipFile(model.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      if (entry == null) {
        return Optional.empty();
      }
      byte[] json = zip.getInputStream(entry).readNBytes(MOST_BYTES + 1);
      if (json.length > MOST_BYTES) {
        throw new ConfigException(
            String.format(
                Locale.ROOT,
                "Cannot read model %s: %s has more than %d bytes",
                model,
                ENTRY,
                MOST_BYTES));
      }
      return Optional.of(Encoding.fromJson(new String(json, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new ConfigException("Cannot read model " + model + ": " + Reason.of(e), e);
    }
  }
}
