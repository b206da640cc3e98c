using Republic.Core.Knowledge.Cutting;

namespace Republic.Tests.Unit.Knowledge;

public sealed class SentencePartsTests
{
    [Fact]
    public void A_text_falls_into_sentences_and_lines_but_not_where_a_sentence_goes_on()
    {
        const string text = "First one (it is\nlong). Second!\n\n- item\n- other\n日本。語";

        var parts = SentenceParts.Of(text);

        Assert.Equal(
            ["First one (it is\nlong). ", "Second!\n\n", "- item\n", "- other\n", "日本。", "語"],
            parts.Select(part => text.Substring(part.Start, part.Length))
        );
    }
}
