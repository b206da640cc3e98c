using Republic.Core.Inference.Http;

namespace Republic.Core.Inference.Pool;

/// <summary>There is no memory for a model or an adapter at this moment.</summary>
/// <param name="needed">The bytes that it needs.</param>
/// <param name="refusal">The answer where it is not waited for, by what it can have.</param>
internal sealed class MemoryFullException(long needed, Func<MemoryLimit, RequestRefusedException> refusal) : Exception
{
    public long Needed => needed;

    public RequestRefusedException Refusal(MemoryLimit limit) => refusal(limit);
}
