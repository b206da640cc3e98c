using System.Text;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Versions;
using Republic.Web.Pages.Datasets;

namespace Republic.Tests.Unit.Pages.Datasets;

public sealed class ColumnsViewTests
{
    [Fact]
    public void The_rows_that_are_shown_are_the_rows_that_will_be_read()
    {
        var folder = Directory.CreateTempSubdirectory("columns-");
        try
        {
            var table = "answered,said,also,rule\nAnn,Where is the north gate?,Quickly please,Be brief\nBob,How late is it in Lima?,,\n";
            var source = Path.Combine(folder.FullName, "source");
            File.WriteAllText(source, table);
            var chosen = new ColumnsForm
            {
                Prompt = "said",
                Answer = "answered",
                Input = "also",
                System = "rule",
            };

            var view = new ColumnsView(DatasetRefinery.Look(Encoding.UTF8.GetBytes(table), isWhole: true).Value!.Table!, chosen, "/");

            var version = Path.Combine(folder.FullName, "v1");
            Assert.True(
                DatasetRefinery
                    .Run(
                        new RefineryInput(source, version, new RefinerySettings(), chosen.ToMapping()),
                        null,
                        TestContext.Current.CancellationToken
                    )
                    .Ok
            );
            using var read = VersionReader.Open(version);
            Assert.Equal(read.Rows(0, 10).Select(row => Said(MessagesView.Found(row.Messages, null))), view.Rows.Select(Said));
            Assert.Equal("""{"prompt":"said","answer":"answered","system":"rule","input":"also"}""", view.Mapping);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Until_a_question_and_an_answer_are_chosen_there_are_no_rows_to_show()
    {
        var table = new TableLook(
            ',',
            ["a", "b"],
            [
                ["1", "2"],
            ],
            Guess: null
        );

        var view = new ColumnsView(table, new ColumnsForm { Prompt = "a", Answer = "" }, "/");

        Assert.Empty(view.Rows);
        Assert.Equal("", view.Mapping);
    }

    private static string Said(MessagesView row) =>
        string.Join(" | ", row.Lines.Select(line => $"{line.Role}: {string.Concat(line.Text.Parts.Select(part => part.Text))}"));
}
