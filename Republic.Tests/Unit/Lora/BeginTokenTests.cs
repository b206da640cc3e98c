using Republic.Core.Lora;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>Rows behind the token that begins a text.</summary>
public sealed class BeginTokenTests : IDisposable
{
    private const int Token = 0;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_row_is_learned_behind_it_in_one_of_four_epochs_where_the_model_adds_none()
    {
        var rows = Read(TinyModelShape.Llama);

        var begin = rows.Begin!;
        for (var i = 0; i < rows.Training.Count; i++)
        {
            var row = rows.Training[i];
            Assert.NotEqual(Token, row.Tokens[0]);
            var begun = Assert.Single(Enumerable.Range(0, 4), epoch => begin.BeforeSome(row, i, epoch).Tokens[0] == Token);
            Assert.Equal([Token, .. row.Tokens], begin.BeforeSome(row, i, begun).Tokens);
            Assert.Equal([false, .. row.Learned], begin.BeforeSome(row, i, begun).Learned);
        }

        Assert.Equal(4, Enumerable.Range(0, 16).Count(i => begin.BeforeSome(rows.Training[i], i, epoch: 1).Tokens[0] == Token));
    }

    [Fact]
    public void A_model_that_adds_it_itself_has_it_once_before_every_row()
    {
        var rows = Read(TinyModelShape.Llama with { AddsBegin = true });

        Assert.Null(rows.Begin);
        Assert.All([.. rows.Training, .. rows.Validation], row => Assert.Equal((Token, true), (row.Tokens[0], row.Tokens[1] != Token)));
    }

    [Fact]
    public void A_row_of_full_length_stays_as_it_is()
    {
        var begin = new BeginToken(Token, MaxLength: 3);
        var (full, shorter) = (new TrainingExample([5, 6, 7], [false, true, true]), new TrainingExample([5, 6], [false, true]));

        Assert.Same(full, begin.Before(full));
        Assert.Equal([Token, 5, 6], begin.Before(shorter).Tokens);
        Assert.Equal([false, false, true], begin.Before(shorter).Learned);
    }

    private RunRows Read(TinyModelShape shape)
    {
        var model = TinyModels.Write(folder.FullName, shape);
        var path = Path.Combine(folder.FullName, "rows.jsonl");
        File.WriteAllLines(
            path,
            Enumerable.Range(0, 20).Select(i => $$"""{"prompt":"Say {{i}}","completion":"{{i}} it is, and {{i * 7}} too."}""")
        );
        var run = new LoraRun(model, path, Path.Combine(folder.FullName, "style.gguf"))
        {
            Settings = new LoraSettings { ValidationShare = 0.2 },
        };
        return RunRows.Read(run, new Progressed());
    }
}
