package io.evenstep.driver.cli;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.MacSpi;

/**
 * Records the keys given to this JVM's HMAC-SHA256; the secret of a run is not visible otherwise.
 */
final class RecordedKeys extends Provider implements AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";
  private static final List<byte[]> KEYS = new CopyOnWriteArrayList<>();

  private RecordedKeys() {
    super("evenstep-test", "1", "HMAC-SHA256 that remembers its keys");
    put("Mac." + ALGORITHM, Recorder.class.getName());
  }

  /** Starts recording. */
  static RecordedKeys begin() {
    KEYS.clear();
    RecordedKeys recorded = new RecordedKeys();
    Security.insertProviderAt(recorded, 1);
    return recorded;
  }

  /** The keys so far, without duplicates, in hex. */
  Set<String> seen() {
    return KEYS.stream().map(HexFormat.of()::formatHex).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    Security.removeProvider(getName());
  }

  /** Delegates to the JDK's implementation. */
  public static final class Recorder extends MacSpi {
    private final Mac real;

    /** Called by the JDK. */
    public Recorder() throws GeneralSecurityException {
      real = Mac.getInstance(ALGORITHM, "SunJCE");
    }

    @Override
    protected void engineInit(Key key, AlgorithmParameterSpec parameters)
        throws InvalidKeyException {
      KEYS.add(key.getEncoded());
      real.init(key);
    }

    @Override
    protected int engineGetMacLength() {
      return real.getMacLength();
    }

    @Override
    protected void engineUpdate(byte input) {
      real.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      real.update(input, offset, length);
    }

    @Override
    protected byte[] engineDoFinal() {
      return real.doFinal();
    }

    @Override
    protected void engineReset() {
      real.reset();
    }
  }
}
