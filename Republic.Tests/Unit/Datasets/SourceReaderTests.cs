using System.Text;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Reading.Tables;

namespace Republic.Tests.Unit.Datasets;

public sealed class SourceReaderTests
{
    [Fact]
    public void Records_are_whole_wherever_blocks_end()
    {
        var lines = Enumerable.Range(0, 4000).Select(i => Source.Pair($"{i}", new string('é', i % 700))).ToArray();
        using var source = new Source(lines);

        Assert.Equal(lines, Records(source.Path, new LineSplitter()).Select(record => record.Text));
    }

    [Fact]
    public void A_record_is_found_again_at_its_offset()
    {
        using var source = new Source([.. Enumerable.Range(0, 9000).Select(i => $" \t{i} {new string('x', i % 300)}\r")]);
        var bytes = File.ReadAllBytes(source.Path);

        Assert.All(
            Records(source.Path, new LineSplitter()),
            record => Assert.Equal(record.Text, Encoding.UTF8.GetString(bytes, (int)record.Offset, record.Text.Length))
        );
    }

    [Fact]
    public void Lines_are_counted_over_records_that_are_too_long()
    {
        var huge = new string('a', SourceReader.LongestRecord + (2 * SourceReader.BlockSize));
        using var source = new Source("1", huge, "3", huge, huge, "6");

        var records = Records(source.Path, new LineSplitter());

        Assert.Equal([1, 2, 3, 4, 5, 6], records.Select(record => record.Line));
        Assert.Equal(["1", "3", "6"], records.Where(record => record.Fault is null).Select(record => record.Text));
        Assert.Equal((huge.Length * 3L) + 7, records[^1].Offset);
    }

    [Fact]
    public void A_record_of_exactly_the_longest_length_is_one()
    {
        using var source = new Source("1", new string('a', SourceReader.LongestRecord), "3");

        Assert.Equal([null, null, null], Records(source.Path, new LineSplitter()).Select(record => record.Fault));
    }

    [Fact]
    public void A_field_that_goes_on_for_too_long_costs_its_first_line()
    {
        var lines = string.Join('\n', Enumerable.Repeat(new string('b', 99), 60_000));
        using var source = new Source("one,1", $"\"{lines}\",2", "three,3");

        var records = Records(source.Path, new TableSplitter((byte)','));

        Assert.Equal("one,1", records[0].Text);
        Assert.Equal(2, records[1].Line);
        Assert.Equal(60_002, records[^1].Line);
        Assert.Equal("three,3", records[^1].Text);
    }

    [Theory]
    [InlineData("a{0}\",\"", "three,3", true)]
    [InlineData("{\"a\":[{0}", "{\"three\":3},", false)]
    public void Records_of_which_none_is_closed_cost_one_line_each_and_time_in_proportion(string open, string good, bool isTable)
    {
        var line = open.Replace("{0}", new string(' ', 90), StringComparison.Ordinal);
        using var source = new Source([.. Enumerable.Repeat(line, 70_000), good, isTable ? "" : "]"]);

        var records = Records(source.Path, isTable ? new TableSplitter((byte)',') : new ArraySplitter());

        Assert.Equal(Enumerable.Range(1, 70_001), records.Select(record => record.Line));
        Assert.All(records.SkipLast(1), record => Assert.NotNull(record.Fault));
        Assert.Contains(records, record => record.Fault?.StartsWith("it is not closed in its line", StringComparison.Ordinal) == true);
        Assert.Equal(good.TrimEnd(','), records[^1].Text);
        Assert.Null(records[^1].Fault);
    }

    [Fact]
    public void Records_of_which_none_is_closed_take_no_more_memory_in_a_longer_file()
    {
        using var source = new Source([.. Enumerable.Repeat($"a{new string(' ', 90)}\",\"", 150_000)]);
        using var file = File.OpenHandle(source.Path);
        var reader = new SourceReader(file, new TableSplitter((byte)','), 0, 1);
        var batch = new RecordBatch();
        var most = 0;
        while (reader.Fill(batch, TestContext.Current.CancellationToken))
        {
            most = Math.Max(most, batch.Bytes.Length);
        }

        Assert.InRange(most, 1, SourceReader.LongestRecord + SourceReader.BlockSize);
    }

    [Fact]
    public void Reading_ends_when_it_is_cancelled()
    {
        using var source = new Source("1", "2");
        using var file = File.OpenHandle(source.Path);
        var reader = new SourceReader(file, new LineSplitter(), 0, 1);

        Assert.Throws<OperationCanceledException>(() => reader.Fill(new RecordBatch(), new CancellationToken(canceled: true)));
    }

    private static List<(string Text, int Line, long Offset, string? Fault)> Records(string path, RecordSplitter splitter)
    {
        using var file = File.OpenHandle(path);
        var reader = new SourceReader(file, splitter, 0, 1);
        var batch = new RecordBatch();
        var records = new List<(string, int, long, string?)>();
        while (reader.Fill(batch, TestContext.Current.CancellationToken))
        {
            records.AddRange(
                batch.Records.Select(record => (Encoding.UTF8.GetString(batch.Content(record)), record.Line, record.Offset, record.Fault))
            );
        }

        return records;
    }
}
