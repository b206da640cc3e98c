using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Republic.Core.Providers.Calls;

/// <summary>Takes down calls without keeping anybody waiting; <see cref="CallWriter"/> stores them in batches.</summary>
public sealed class CallLog(ILogger<CallLog> log)
{
    private const int MostWaiting = 200_000;

    private readonly Channel<ModelCall> calls = Channel.CreateBounded<ModelCall>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );

    internal ChannelReader<ModelCall> Written => calls.Reader;

    public void Add(ModelCall call)
    {
        if (!calls.Writer.TryWrite(call))
        {
            log.LogError("A call to {Provider} is not in the statistics: {Waiting} wait for the database", call.Provider, MostWaiting);
        }
    }

    /// <summary>No more will come.</summary>
    internal void Close() => calls.Writer.TryComplete();
}
