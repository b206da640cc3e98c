using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;
using Republic.Web.Cli;

namespace Republic.Tests.Unit.Cli;

public sealed class TrainDisplayTests : IDisposable
{
    private static readonly StepCompleted Half = new(
        Step: 5,
        Of: 10,
        Epoch: 1,
        Loss: 1.5,
        LearningRate: 0.001,
        GradientNorm: 2.25,
        Tokens: 4000,
        TokensPerSecond: 1234,
        Remaining: TimeSpan.FromSeconds(75),
        MemoryBytes: 300L << 20
    );
    private readonly StringWriter output = new() { NewLine = "\n" };

    public void Dispose() => output.Dispose();

    [Fact]
    public void A_terminal_sees_one_line_with_a_bar_and_other_lines_take_its_place()
    {
        var display = new TrainDisplay(output, width: 60);

        display.Report(Half);
        display.Report(Half with { Step = 10 });
        display.Report(new ValidationDone(10, 1.25, Best: true));

        var lines = output.ToString().Split('\r');
        Assert.StartsWith("[##########..........] step 5/10  epoch 1  loss 1.5000", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("[####################] step 10/10", lines[2], StringComparison.Ordinal);
        Assert.All(lines[1..3], line => Assert.Equal(59, line.Length));
        Assert.Equal(new string(' ', 59), lines[3]);
        Assert.Equal("Held-out loss after step 10 1.2500, the best so far together with what is kept\n", lines[4]);
    }

    [Fact]
    public void A_file_gets_a_line_for_each_step()
    {
        var display = new TrainDisplay(output, width: 0);

        display.Report(new ValidationDone(0, 2, Best: true));
        display.Report(Half);
        display.Report(new TrainingNote("Memory ran out."));

        Assert.Equal(
            "Held-out loss of the base model 2.0000\n"
                + "step 5/10  epoch 1  loss 1.5000  0:01:15 left  1,234 tokens/s  lr 1.0e-3  gradient 2.25  300 MB\n"
                + "Memory ran out.\n",
            output.ToString()
        );
    }
}
