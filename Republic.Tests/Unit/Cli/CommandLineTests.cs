using Republic.Core.Inference.Chat;
using Republic.Web.Cli;

namespace Republic.Tests.Unit.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData]
    [InlineData("--urls", "http://localhost:5081")]
    [InlineData("--URLS=http://localhost:5081")]
    [InlineData("--AllowedHosts", "republic.example.org", "--REPUBLIC_DATA", "/data")]
    [InlineData("--Accounts:SignUp=closed", "--urls", "http://localhost:5081")]
    [InlineData("--ModelHost:Threads", "2")]
    [InlineData("--ModelHost=", "--ModelHost:Threads=2")]
    [InlineData("Accounts:SignUp=closed")]
    [InlineData("/Accounts:SignUp=closed")]
    public void Settings_start_the_server(params string[] args)
    {
        Assert.Null(ServerSettings.Problem(args));
    }

    [Theory]
    [InlineData("no command or option nonsense.", "nonsense")]
    [InlineData("no command or option trian.", "trian", "--model", "x")]
    [InlineData("no command or option --verbose.", "--verbose")]
    [InlineData("no command or option --verbose.", "--verbose", "--urls", "http://localhost:5081")]
    [InlineData("no command or option --someKey.", "--someKey", "value")]
    [InlineData("no command or option --someKey=value.", "--someKey=value")]
    [InlineData("no command or option someKey=value.", "someKey=value")]
    [InlineData("no command or option --someKey=.", "--someKey=", "--ModelHost:Threads=2")]
    [InlineData("no command or option -v.", "-v")]
    [InlineData("no command or option .", "")]
    [InlineData("no command or option more.", "--urls", "http://localhost:5081", "more")]
    [InlineData("--urls needs a value.", "--urls")]
    [InlineData("--urls needs a value.", "--urls", "--Accounts:SignUp=closed")]
    [InlineData("Here it is --ModelHost:Threads.", "--ModelHost__Threads=2")]
    public void What_is_no_setting_does_not(string expected, params string[] args)
    {
        Assert.EndsWith(expected, ServerSettings.Problem(args), StringComparison.Ordinal);
    }

    /// <summary>Each of these ends <c>republic train</c> with the code for wrong use.</summary>
    [Theory]
    [InlineData("--model is missing", "--rank", "4")]
    [InlineData("--data is missing", "--model", "sprout")]
    [InlineData("--rank needs a value", "--rank")]
    [InlineData("--rank needs a whole number, and four is none", "--rank", "four")]
    [InlineData("republic train has no option --colour", "--colour", "red")]
    [InlineData("sprout stands behind no option", "sprout", "x")]
    [InlineData("--rank is 0; 1 to 1024", "--model", "sprout", "--data", "rows.jsonl", "--out", "a.gguf", "--rank", "0")]
    [InlineData("--batch-size is 0; 1 to", "--model", "sprout", "--data", "rows.jsonl", "--out", "a.gguf", "--batch-size", "0")]
    [InlineData("--alpha does not go with --from", "--from", "a.gguf", "--alpha", "8")]
    public void What_cannot_be_trained_with_is_refused(string expected, params string[] args)
    {
        Assert.Contains(expected, TrainArguments.Parse(args).Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--adapter is given twice", "merge", "--model", "sprout", "--adapter", "a", "--adapter", "b", "--out", "x.gguf")]
    [InlineData("leave out :0.5", "merge", "--model", "sprout", "--adapter", "odd.gguf:0.5", "--out", "x.gguf")]
    [InlineData("republic model merge has no option --steps", "merge", "--steps", "4")]
    [InlineData("no command \"model sell\"", "sell")]
    public void What_a_model_command_does_not_take_is_refused_in_one_line(string expected, params string[] args)
    {
        var refused = ModelArguments.Parse(args).Failure!.Message;

        Assert.Contains(expected, refused, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused);
    }

    [Theory]
    [InlineData("ref.gguf:1,5")]
    [InlineData("ref.gguf:1.5.0")]
    public void A_scale_that_is_no_number_is_refused(string adapter)
    {
        var read = ChatArguments.Parse(["--model", "sprout", "--adapter", adapter]);

        Assert.Contains("no number stands behind the colon", read.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--temperature", "0,5")]
    [InlineData("--threads", "1,5")]
    [InlineData("--threads", "1.9")]
    [InlineData("--threads", "99999999999")]
    public void Numbers_with_commas_or_too_fine_are_refused(string option, string value)
    {
        Assert.False(ChatArguments.Parse(["--model", "sprout", option, value]).Ok);
    }

    [Fact]
    public void A_file_whose_name_ends_like_a_scale_is_meant_as_it_stands()
    {
        var folder = Directory.CreateTempSubdirectory("republic-test-");
        var file = Path.Combine(folder.FullName, "x:2");
        File.WriteAllText(file, "");

        var read = ChatArguments.Parse(["--model", "sprout", "--adapter", file, "--adapter", file + ":2", "--adapter", "c:\\x"]);

        Assert.Equal([new(file, 1), new(file, 2), new("c:\\x", 1)], read.Value!.Adapters);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Ctrl_c_stops_the_answer_and_then_the_conversation()
    {
        using var interrupt = new ChatInterrupt(someoneTypes: true);
        var answer = interrupt.BeginAnswer().Token;

        interrupt.Press();
        Assert.True(answer.IsCancellationRequested);
        Assert.False(interrupt.Ended.IsCancellationRequested);
        interrupt.EndAnswer();

        Assert.True(interrupt.Press());
        Assert.True(interrupt.Ended.IsCancellationRequested);
        Assert.False(interrupt.Press());
    }

    [Fact]
    public void A_terminal_gets_no_orders_from_a_file()
    {
        using var output = new StringWriter();
        using var plain = new PlainWriter(output);

        plain.Write("a\u001b[2Jb\u009bc\n");
        plain.Write(['\u0007', 'd']);

        Assert.Equal("a[2Jbc\nd", output.ToString());
    }
}
