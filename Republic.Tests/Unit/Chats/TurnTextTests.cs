using Republic.Core.Answering.Turns;

namespace Republic.Tests.Unit.Chats;

public sealed class TurnTextTests
{
    [Fact]
    public void Pieces_add_up_and_say_where_they_begin()
    {
        var text = new TurnText();
        Assert.Equal((0, "Hel"), text.Append("Hel"));
        Assert.Equal((3, "lo"), text.Append("lo"));
        Assert.Equal("Hello", text.ToString());
    }

    [Fact]
    public void Half_a_character_waits_for_its_other_half()
    {
        var text = new TurnText();
        Assert.Equal((0, "a"), text.Append("a\ud83e"));
        Assert.Equal((1, "🦉b"), text.Append("\udd89b"));
    }

    [Fact]
    public void What_the_database_cannot_hold_is_left_out_or_replaced()
    {
        var text = new TurnText();
        text.Append("a\0b\udd89c\ud83ed");
        Assert.Equal("ab\uFFFDc\uFFFDd", text.ToString());
    }

    [Fact]
    public void An_answer_without_end_is_cut()
    {
        var text = new TurnText();
        var piece = new string('x', 300_000);
        for (var i = 0; i < 5; i++)
        {
            text.Append(piece);
        }

        Assert.InRange(text.Length, TurnText.MaxLength - 2, TurnText.MaxLength);
    }
}
