using System.Text.Json;
using Republic.Core.Lora;
using Republic.Core.Lora.Retention;

namespace Republic.Core.Trainer;

/// <summary>
/// The child process that measures what a version kept, <c>republic model-host --retention</c>: a <see cref="RetentionOrder"/> as one
/// line of JSON, then lines <c>threads N</c>. The findings go into the file that the order names. It ends when standard input does.
/// </summary>
public static class RetentionProgram
{
    public static Task<int> RunAsync(TextReader input, TextWriter output) => ChildWork.RunAsync(input, output, Read);

    private static ChildWork Read(string line)
    {
        var order = RetentionOrder.Read(line);
        return new(
            order.MemoryMegabytes,
            (report, threads, ct) =>
            {
                var findings = new RetentionMeasure(order)
                {
                    OnProgress = (done, of) => report.Tell(new MeasureProgress(done, of)),
                }.Measure(threads, ct);
                AtomicFile.Write(
                    order.OutputPath,
                    stream => JsonSerializer.Serialize(stream, findings, SnakeCaseJson.Options),
                    isPrivate: true
                );
            }
        );
    }
}
