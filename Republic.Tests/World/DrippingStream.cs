using Republic.Core;

namespace Republic.Tests.World;

/// <summary>Gives one byte at a time, without end, each after the same time.</summary>
internal sealed class DrippingStream(ManualTime time, TimeSpan each) : ForwardStream(Null)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        time.Pass(each);
        buffer.Span[0] = 1;
        return ValueTask.FromResult(1);
    }
}
