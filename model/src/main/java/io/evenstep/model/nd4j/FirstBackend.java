package io.evenstep.model.nd4j;

import io.evenstep.model.NativeRuntime;
import org.nd4j.common.io.Resource;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * Prepares this process when anybody uses ND4J, before its libraries load. ND4J makes an object of
 * each backend on the class path, and only then asks them, best first, whether they can compute.
 * This one comes last and cannot.
 *
 * <p>Without it, a program that makes arrays before it calls us, and an executor whose first task
 * reads arrays, would compute with another native build or other kernels of OpenBLAS than the rest.
 */
public final class FirstBackend extends Nd4jBackend {
  /** For ND4J's look-up of backends. */
  public FirstBackend() {
    NativeRuntime.prepare();
  }

  @Override
  public boolean allowsOrder() {
    return false;
  }

  @Override
  public int getPriority() {
    return Integer.MIN_VALUE / 2; // ND4J subtracts priorities to compare them
  }

  @Override
  public boolean isAvailable() {
    return false;
  }

  @Override
  public boolean canRun() {
    return false;
  }

  @Override
  public Resource getConfigurationResource() {
    throw new UnsupportedOperationException("This backend is never chosen");
  }

  @Override
  @SuppressWarnings("rawtypes") // as ND4J declares it
  public Class getNDArrayClass() {
    throw new UnsupportedOperationException("This backend is never chosen");
  }

  @Override
  public Environment getEnvironment() {
    throw new UnsupportedOperationException("This backend is never chosen");
  }

  @Override
  public String buildInfo() {
    return "";
  }

  @Override
  public void logBackendInit() {}
}
