using Republic.Core.Lora;

namespace Republic.Core.Trainer;

/// <summary>
/// The child process of one LoRA run, <c>republic model-host --train</c>. It reads a <see cref="TrainingOrder"/> as one line
/// of JSON, then lines <c>threads N</c>, and writes a line of JSON for everything that happens. When standard input ends it
/// writes a checkpoint and ends too.
/// </summary>
public static class TrainingProgram
{
    public static Task<int> RunAsync(TextReader input, TextWriter output) => ChildWork.RunAsync(input, output, Read);

    private static ChildWork Read(string line)
    {
        var order = TrainingOrder.Read(line);
        var run = order.Run with { Resume = true };
        return new(order.MemoryMegabytes, (report, threads, ct) => LoraTrainer.Run(run, report, TimeProvider.System, threads, ct));
    }
}
