using Republic.Core;
using Republic.Core.Inference;

namespace Republic.Tests.Unit.Inference;

public sealed class ModelHostArgumentsTests
{
    [Fact]
    public void What_the_supervisor_writes_the_child_reads()
    {
        var written = new ModelHostArguments("/a b/x.sock", ["/models", "/more models"], 3, 2, 1024, 512, 7) { Adapters = ["/adapters"] };

        var read = ModelHostArguments.Parse([.. written.ToCommandLine()]);

        Assert.Equal(written with { Models = [], Adapters = [] }, read.Value! with { Models = [], Adapters = [] });
        Assert.Equal(written.Models, read.Value!.Models);
        Assert.Equal(written.Adapters, read.Value!.Adapters);
    }

    [Theory]
    [InlineData("--threads needs a whole number", "--threads", "many")]
    [InlineData("--threads needs a whole number", "--threads", "0")]
    [InlineData("--socket needs a value", "--socket")]
    [InlineData("no option --colour", "--colour", "5")]
    public void A_wrong_option_is_named(string expected, params string[] args)
    {
        Assert.Contains(expected, ModelHostArguments.Parse(args).Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 3)]
    [InlineData(16, 15)]
    public void One_core_is_left_to_the_web_unless_there_are_only_two(int cores, int threads)
    {
        Assert.Equal(threads, ProcessorCores.ForModels(cores));
    }
}
