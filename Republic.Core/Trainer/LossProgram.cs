using Republic.Core.Lora.Checks;

namespace Republic.Core.Trainer;

/// <summary>
/// The child process that measures losses, <c>republic model-host --measure</c>: a <see cref="LossOrder"/> as one line of JSON, then
/// lines <c>threads N</c>, and a line of JSON for every line of the files, in their order. It ends when standard input does.
/// </summary>
public static class LossProgram
{
    public static Task<int> RunAsync(TextReader input, TextWriter output) => ChildWork.RunAsync(input, output, Read);

    private static ChildWork Read(string line)
    {
        var order = LossOrder.Read(line);
        var rows = new RowLosses(order.ModelPath, order.Files, order.MaxLength);
        return new(order.MemoryMegabytes, (report, threads, ct) => rows.Measure(report.Tell, order.Threads, threads, ct));
    }
}
