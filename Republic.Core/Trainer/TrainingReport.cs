using Republic.Core.Lora.Checks;
using Republic.Core.Lora.Progress;

namespace Republic.Core.Trainer;

/// <summary>What the child writes for its parent. When nobody listens any more the run is told to stop.</summary>
internal sealed class TrainingReport(TextWriter output, CancellationTokenSource stop) : IProgress<TrainingProgress>
{
    private readonly Lock gate = new();

    public void Report(TrainingProgress value) => Write(new TrainingLine(value));

    public void Tell(RowLoss row) => Write(new TrainingLine(Row: row));

    public void Tell(MeasureProgress share) => Write(new TrainingLine(Measured: share));

    public void End(TrainingEnd end, string? message = null) => Write(new TrainingLine(End: end, Message: message));

    private void Write(TrainingLine line)
    {
        lock (gate)
        {
            try
            {
                output.WriteLine(line.ToJson());
                output.Flush();
            }
            catch (IOException)
            {
                stop.Cancel();
            }
        }
    }
}
