using Republic.Core.Answering.Stages;
using Republic.Core.Answering.Traces;

namespace Republic.Tests.Unit.Answering;

public sealed class QuotesTests
{
    [Fact]
    public void The_sentences_that_hold_what_was_asked_are_quoted_with_their_numbers()
    {
        var answer = Quotes.From(
            [
                Passage(1, "The office is in Graz. The warranty lasts 24 months. Lunch is at noon."),
                Passage(2, "Batteries have a warranty of six months! Ask Jonas."),
            ],
            "How long is the warranty?"
        );

        Assert.Contains("- The warranty lasts 24 months. [1]", answer);
        Assert.Contains("- Batteries have a warranty of six months! [2]", answer);
        Assert.DoesNotContain("Lunch", answer);
        Assert.DoesNotContain("Jonas", answer);
    }

    [Fact]
    public void Other_forms_of_a_word_count_and_without_any_the_best_passage_speaks_for_itself()
    {
        Assert.Contains("proxies [1]", Quotes.From([Passage(1, "Notes.\n\nBuffering is done by proxies")], "What does a proxy buffer?"));
        Assert.Contains("- Felines purr. [1]", Quotes.From([Passage(1, "Felines purr. They sleep.")], "cat noises"));
    }

    [Fact]
    public void A_record_is_quoted_whole_since_a_figure_of_it_means_nothing_alone()
    {
        var answer = Quotes.From(
            [Passage(1, "name: Jörg Müller\nphone: 0221-555123\n\nname: Ada Lovelace\nphone: 020-7946")],
            "What is the phone number of Ada Lovelace?"
        );

        Assert.Contains("- name: Ada Lovelace, phone: 020-7946 [1]", answer);
        Assert.DoesNotContain("- phone:", answer);
        Assert.DoesNotContain("Müller", answer);
    }

    [Fact]
    public void A_sentence_ends_with_the_full_stop_of_its_script() =>
        Assert.EndsWith(
            "- 北京图书馆每天上午九点开放。 [1]",
            Quotes.From([Passage(1, "食堂在二楼。北京图书馆每天上午九点开放。周一闭馆。")], "图书馆")
        );

    [Fact]
    public void A_sentence_goes_on_where_its_line_breaks_and_an_item_stands_for_itself()
    {
        var answer = Quotes.From([Passage(1, "The warranty lasts\n24 months. Ask us.\n- spare parts\n- the warranty card")], "warranty");

        Assert.Contains("- The warranty lasts 24 months. [1]", answer);
        Assert.Contains("- the warranty card [1]", answer);
    }

    [Fact]
    public void A_document_cannot_write_citations_links_or_marks_into_the_answer()
    {
        var answer = Quotes.From([Passage(1, "# The warranty [2] is ![here](https://evil.example/) \u202E⟦x⟧ <b>now</b>.")], "warranty");

        Assert.Contains(@"- The warranty \[2\] is !\[here\](https://evil.example/) \[x\] \<b\>now\</b\>. [1]", answer);
    }

    private static CitedPassage Passage(int number, string text) => new(number, Guid.Empty, Guid.Empty, Guid.Empty, "a.md", text, 0.5);
}
