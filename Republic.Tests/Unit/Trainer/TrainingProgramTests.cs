using Republic.Core.Trainer;

namespace Republic.Tests.Unit.Trainer;

public sealed class TrainingProgramTests
{
    [Theory]
    [InlineData("", "has to be an order as JSON")]
    [InlineData("nonsense", "has to be an order as JSON")]
    [InlineData("null", "has to name run.model_path")]
    [InlineData("{}", "has to name run.model_path")]
    [InlineData("""{"run":{"model_path":"a.gguf"}}""", "has to name run.model_path")]
    public async Task What_is_no_order_is_refused_in_words(string line, string expected)
    {
        using var output = new StringWriter();

        var code = await TrainingProgram.RunAsync(new StringReader(line + "\n"), output);

        Assert.Equal(1, code);
        var said = TrainingLine.Read(output.ToString())!;
        Assert.Equal(TrainingEnd.Failed, said.End);
        Assert.Contains(expected, said.Message, StringComparison.Ordinal);
    }
}
