using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Host;

namespace Republic.Tests.Unit.Host;

public sealed class ThreadSchedulerTests
{
    private readonly List<int> answers = [];
    private readonly List<int> training = [];

    [Fact]
    public void On_two_cores_answers_have_both_and_beside_a_run_one_each()
    {
        var scheduler = Scheduler(2);
        var run = scheduler.Beside(99, training.Add);
        var answer = scheduler.Answering();
        var second = scheduler.Answering();
        answer.Dispose();
        answer.Dispose();
        second.Dispose();
        run.Dispose();

        Assert.Equal([2, 1, 2], answers);
        Assert.Equal([2, 1, 2], training);
    }

    [Fact]
    public void The_machine_is_shared_while_a_run_computes_and_not_by_answers()
    {
        var scheduler = Scheduler(2);
        using var answer = scheduler.Answering();
        Assert.False(scheduler.IsShared);
        using (scheduler.Beside(1, training.Add))
        {
            Assert.True(scheduler.IsShared);
        }

        Assert.False(scheduler.IsShared);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(7, 3, 4)]
    [InlineData(16, 8, 8)]
    public void When_both_work_together_they_have_no_more_than_there_are(int threads, int answers, int training)
    {
        Assert.Equal(new ThreadShare(answers, training), ThreadShare.Of(threads, training: 99, answering: true));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(8, 7, 1)]
    public void A_run_that_is_worth_one_thread_takes_one_and_leaves_the_others(int threads, int answers, int training)
    {
        var share = new ThreadShare(answers, training);

        Assert.Equal(share, ThreadShare.Of(threads, training: 1, answering: true));
        Assert.Equal(share, ThreadShare.Of(threads, training: 1, answering: false));
        Assert.Equal(new ThreadShare(threads, 0), ThreadShare.Of(threads, training: 0, answering: true));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData((16 << 20) - 1, 1)]
    [InlineData((32 << 20) - 1, 1)]
    [InlineData(32 << 20, 2)]
    [InlineData(1 << 30, 4)]
    public void A_model_is_worth_a_thread_for_each_16_megabytes(long bytes, int threads)
    {
        Assert.Equal(threads, ProcessorCores.Worth(bytes, most: 4));
    }

    [Fact]
    public void A_second_run_is_told_its_threads_too()
    {
        var scheduler = Scheduler(4);
        scheduler.Beside(99, training.Add).Dispose();
        scheduler.Beside(99, training.Add);

        Assert.Equal([4, 4], training);
        Assert.Equal([4, 2, 4, 2], answers);
    }

    [Fact]
    public void A_measurement_beside_a_run_has_half_of_what_answers_leave_and_gives_it_back()
    {
        var measuring = new List<int>();
        var scheduler = Scheduler(8);
        using var run = scheduler.Beside(8, training.Add);
        var measurement = scheduler.Beside(8, measuring.Add);
        scheduler.Answering().Dispose();
        measurement.Dispose();

        Assert.Equal([8, 4, 2, 4, 8], training);
        Assert.Equal([4, 2, 4], measuring);
        Assert.Equal([8, 4], answers);
    }

    [Theory]
    [InlineData("threads 3", 3)]
    [InlineData("threads 0", null)]
    [InlineData("threads many", null)]
    [InlineData("stop", null)]
    public void The_line_says_how_many(string line, int? expected)
    {
        Assert.Equal(expected, ThreadsLine.Read(line));
    }

    private ThreadScheduler Scheduler(int threads)
    {
        var scheduler = new ThreadScheduler(Options.Create(new ModelHostOptions { Threads = threads }));
        scheduler.Answers(answers.Add);
        return scheduler;
    }
}
