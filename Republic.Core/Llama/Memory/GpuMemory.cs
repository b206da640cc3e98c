namespace Republic.Core.Llama.Memory;

/// <summary>The memory of one GPU, in bytes, as ggml tells it.</summary>
/// <param name="IsCuda">CUDA takes some for itself.</param>
internal sealed record GpuMemory(long FreeBytes, long TotalBytes, bool IsCuda = false)
{
    private const long CudaBytes = 300L << 20;
    private const long LeastMargin = 256L << 20;
    private const double MarginShare = 0.03;

    /// <summary>What is left free in case an estimate is too low or another program takes more.</summary>
    public long MarginBytes => Math.Max(LeastMargin, (long)(TotalBytes * MarginShare));

    /// <summary>What of it may be planned with.</summary>
    public long UsableBytes => FreeBytes - (2 * MarginBytes) - (IsCuda ? CudaBytes : 0);
}
