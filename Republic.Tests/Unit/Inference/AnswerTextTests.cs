using System.Text;
using Republic.Core.Inference.Generation;

namespace Republic.Tests.Unit.Inference;

public sealed class AnswerTextTests
{
    [Fact]
    public void A_character_spread_over_tokens_comes_out_whole()
    {
        var text = new AnswerText([]);
        var whole = "aé€🦉z";
        var pieces = Encoding.UTF8.GetBytes(whole).Select(b => Encoding.UTF8.GetString(text.Append([b]))).ToList();

        Assert.Equal(["a", "", "é", "", "", "€", "", "", "", "🦉", "z"], pieces);
        Assert.Empty(text.Flush());
    }

    [Fact]
    public void Bytes_that_are_no_text_become_replacement_characters()
    {
        var text = new AnswerText([]);

        Assert.Equal("a\uFFFDb", Show(text, "a"u8) + Show(text, [0xFF]) + Show(text, "b"u8));
        text.Append([0xF0, 0x9F]);
        Assert.Equal("\uFFFD", Encoding.UTF8.GetString(text.Flush()));
    }

    [Fact]
    public void A_stop_string_spread_over_tokens_ends_the_answer_before_it()
    {
        var text = new AnswerText(["<end>"]);

        Assert.Equal("Yes", Show(text, "Yes<"u8));
        Assert.Equal("", Show(text, "en"u8));
        Assert.False(text.Stopped);
        Assert.Equal("", Show(text, "d> and more"u8));
        Assert.True(text.Stopped);
        Assert.Empty(text.Flush());
    }

    [Fact]
    public void What_only_began_like_a_stop_string_is_shown_after_all()
    {
        var text = new AnswerText(["<end>", "\n\n"]);

        Assert.Equal("a", Show(text, "a<en"u8));
        Assert.Equal("<enough", Show(text, "ough\n"u8));
        Assert.Equal("\n", Encoding.UTF8.GetString(text.Flush()));
    }

    [Fact]
    public void Of_two_stop_strings_the_earlier_one_counts()
    {
        var text = new AnswerText(["STOP", "now"]);

        Assert.Equal("go ", Show(text, "go now STOP"u8));
    }

    [Fact]
    public void A_text_longer_than_the_buffer_is_not_cut()
    {
        var text = new AnswerText(["never"]);
        var long1 = new string('x', 1000);

        Assert.Equal(long1, Show(text, Encoding.UTF8.GetBytes(long1)));
    }

    private static string Show(AnswerText text, ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(text.Append(bytes));
}
