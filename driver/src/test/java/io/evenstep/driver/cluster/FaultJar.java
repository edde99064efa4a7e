package io.evenstep.driver.cluster;

import io.evenstep.driver.fault.FaultAgent;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;

/** The fault agent as a jar for other JVMs to load. */
final class FaultJar {
  private FaultJar() {}

  /** Writes {@code faults.jar} into a folder. */
  static Path in(Path folder) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", FaultAgent.class.getName());
    try {
      Path library =
          Path.of(AgentBuilder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      attributes.put(Attributes.Name.CLASS_PATH, library.toUri().toString());
      return JobJar.writePackage(folder.resolve("faults.jar"), manifest, FaultAgent.class);
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError("Cannot write the agent's jar", e);
    }
  }
}
