package io.evenstep.model.nd4j;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.blas.CpuLevel3;

/**
 * ND4J's matrix products, changed so that the matrices stay reachable until BLAS is done. ND4J
 * copies matrices in another order, and nothing else refers to the copies. See {@link
 * FencedExecutioner}.
 */
final class FencedMatrixProducts extends CpuLevel3 {
  @Override
  protected void sgemm(
      char order,
      char transA,
      char transB,
      int m,
      int n,
      int k,
      float alpha,
      INDArray a,
      int lda,
      INDArray b,
      int ldb,
      float beta,
      INDArray c,
      int ldc) {
    try {
      super.sgemm(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    } finally {
      fence(a, b, c);
    }
  }

  @Override
  protected void dgemm(
      char order,
      char transA,
      char transB,
      int m,
      int n,
      int k,
      double alpha,
      INDArray a,
      int lda,
      INDArray b,
      int ldb,
      double beta,
      INDArray c,
      int ldc) {
    try {
      super.dgemm(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    } finally {
      fence(a, b, c);
    }
  }

  private static void fence(INDArray a, INDArray b, INDArray c) {
    Reference.reachabilityFence(a);
    Reference.reachabilityFence(b);
    Reference.reachabilityFence(c);
  }
}
