using Republic.Core.Llama.Files;

namespace Republic.Core.Trainer;

/// <summary>The child process that copies a model, <c>republic model-host --quantize</c>: an order as one line of JSON, and a line that says how it ended.</summary>
public static class QuantizeProgram
{
    public static Task<int> RunAsync(TextReader input, TextWriter output) => ChildWork.RunAsync(input, output, Read);

    private static ChildWork Read(string line)
    {
        var order = QuantizeOrder.Read(line);
        return new(order.MemoryMegabytes, (_, _, ct) => Run(order, ct));
    }

    private static void Run(QuantizeOrder order, CancellationToken ct)
    {
        // llama.cpp cannot be asked to leave a copy unfinished, and nobody waits for this one any more.
        using var ending = ct.Register(() => End(order));
        ModelQuantizer.Run(order.ModelPath, order.CopyPath, order.Type, order.Threads);
    }

    private static void End(QuantizeOrder order)
    {
        try
        {
            File.Delete(order.CopyPath + AtomicFile.Unfinished);
        }
        catch (IOException)
        {
            // Gone with its folder.
        }

        Environment.Exit(0);
    }
}
