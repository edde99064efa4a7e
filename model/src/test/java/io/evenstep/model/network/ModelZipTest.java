package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.FlatArrays;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.ZipParts;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.model.network.trust.ZipWalk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of 15 parameters, and zips that claim to hold it. */
class ModelZipTest {
  private static final String PARAMETERS = "coefficients.bin";

  @TempDir private Path folder;
  private Network network = network();
  private Map<String, byte[]> parts = new LinkedHashMap<>();

  @BeforeEach
  void save() throws IOException {
    network = network();
    parts = ZipParts.of(network);
  }

  @Test
  void readsThePartsInAnyOrder() throws IOException {
    List<String> names = new ArrayList<>(parts.keySet());
    Collections.reverse(names);
    Map<String, byte[]> reversed = new LinkedHashMap<>();
    names.forEach(name -> reversed.put(name, parts.get(name)));

    assertThat(restored(reversed)).isEqualTo(FlatArrays.sha256(network.parameters()));
  }

  @Test
  void readsNumbersOfEveryTypeTheyWereSavedIn() throws IOException {
    INDArray halves = Nd4j.linspace(DataType.FLOAT, -3.5, 0.5, 15).reshape(1, 15);
    String expected = FlatArrays.sha256(halves.dup().reshape(15));
    for (DataType type :
        List.of(DataType.FLOAT, DataType.DOUBLE, DataType.HALF, DataType.BFLOAT16)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Nd4j.write(halves.castTo(type), new DataOutputStream(bytes));
      parts.put(PARAMETERS, bytes.toByteArray());
      assertThat(restored(parts)).as(type.name()).isEqualTo(expected);
    }
  }

  @Test
  void readsNumbersAsDl4jSavedThemBefore() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    header(out, "HEAP", 8, "INT");
    for (int i : new int[] {2, 1, 15, 1, 1, 0, 1, 'c'}) {
      out.writeInt(i);
    }
    header(out, "HEAP", 15, "FLOAT");
    for (int i = 0; i < 15; i++) {
      out.writeFloat(i);
    }
    parts.put(PARAMETERS, bytes.toByteArray());

    INDArray expected = Nd4j.arange(15).castTo(DataType.FLOAT);
    assertThat(restored(parts)).isEqualTo(FlatArrays.sha256(expected));
  }

  @Test
  void believesNoLengthThatTheNetworkDoesNotHave() throws IOException {
    for (long length : new long[] {16, 1L << 31, 1L << 60, Long.MAX_VALUE}) {
      refused(array("MIXED_DATA_TYPES", 8, length, "FLOAT"), "it must have at most 15 numbers");
    }
    refused(array("MIXED_DATA_TYPES", 8, -1, "FLOAT"), "its length is -1");
    refused(array("MIXED_DATA_TYPES", 69, 15, "FLOAT"), "its shape has 69 numbers");
    refused(array("MIXED_DATA_TYPES", -8, 15, "FLOAT"), "its length is -8");
    refused(array("MIXED_DATA_TYPES", 8, 14, "FLOAT"), "has data after its last number");
    refused(array("MIXED_DATA_TYPES", 8, 15, "UTF8"), "damaged");
    refused(array("MIXED_DATA_TYPES", 8, 15, "COMPRESSED"), "damaged");
    refused(array("SOMETHING", 8, 15, "FLOAT"), "damaged");
  }

  @Test
  void readsNoArrayThatEndsEarly() throws IOException {
    byte[] good = parts.get(PARAMETERS);
    for (int length = 0; length < good.length; length += 5) {
      refused(Arrays.copyOf(good, length), PARAMETERS + " in model.zip");
    }
  }

  @Test
  void refusesAConfigurationWithoutEnd() throws IOException {
    byte[] blanks = new byte[(16 << 20) + 1];
    Arrays.fill(blanks, (byte) ' ');
    parts.put("configuration.json", blanks);

    assertThatThrownBy(() -> restored(parts))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("configuration.json has more than 16777216 bytes");
  }

  @Test
  void refusesAZipThatUnpacksWithoutEnd() throws IOException {
    byte[] zip = zip(Map.of("bomb", new byte[100_000]));

    assertThatThrownBy(
            () ->
                new ZipWalk("bomb.zip", 99_999)
                    .walk(new ByteArrayInputStream(zip), (name, content) -> true))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Cannot restore the network from bomb.zip: it unpacks to more than 99999 bytes of"
                + " unknown content");
    new ZipWalk("bomb.zip", 100_000).walk(new ByteArrayInputStream(zip), (name, content) -> true);
  }

  @Test
  void refusesAZipWithTwoPartsOfOneName() throws IOException {
    byte[] zip = zip(Map.of("configuration.json", new byte[3], "configuration.jso0", new byte[3]));
    byte[] twins =
        new String(zip, StandardCharsets.ISO_8859_1)
            .replace("jso0", "json")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(
            () ->
                new ZipWalk("twins.zip", 100)
                    .walk(new ByteArrayInputStream(twins), (name, content) -> true))
        .hasMessageContaining("it holds configuration.json twice");
  }

  @Test
  void saysThatATruncatedZipIsDamaged() throws IOException {
    byte[] good = zip(parts);
    for (int length = 0; length < good.length - 300; length += 97) { // the directory is not read
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> Networks.restore(cut, Clipping.NONE, AllowedTypes.BUILT_IN))
          .as(length + " of " + good.length + " bytes")
          .isInstanceOf(ConfigException.class);
    }
  }

  private void refused(byte[] array, String reason) throws IOException {
    parts.put(PARAMETERS, array);
    assertThatThrownBy(() -> restored(parts))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Cannot restore the network from coefficients.bin in model.zip: ")
        .hasMessageContaining(reason);
  }

  private static byte[] array(String mode, long shape, long length, String type)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    header(out, "LONG_SHAPE", shape, "LONG");
    out.write(new byte[8 * 8]);
    header(out, mode, length, type);
    out.write(new byte[15 * 4]);
    return bytes.toByteArray();
  }

  private static void header(DataOutputStream out, String mode, long length, String type)
      throws IOException {
    out.writeUTF(mode);
    if (mode.equals("HEAP")) {
      out.writeInt((int) length);
    } else {
      out.writeLong(length);
    }
    out.writeUTF(type);
  }

  private String restored(Map<String, byte[]> zip) throws IOException {
    Network restored = Networks.restore(zip(zip), Clipping.NONE, AllowedTypes.BUILT_IN);
    return FlatArrays.sha256(restored.parameters());
  }

  private byte[] zip(Map<String, byte[]> zip) throws IOException {
    return Files.readAllBytes(ZipParts.write(folder.resolve("model.zip"), zip));
  }

  private static Network network() {
    return Networks.build(
        SampleNetworks.spec(new NetworkSpec.Named("logistic", Map.of())),
        DataShape.of(Shape.of(4), Shape.of(3), Task.CLASSIFICATION));
  }
}
