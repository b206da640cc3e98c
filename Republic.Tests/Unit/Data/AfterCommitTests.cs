using Microsoft.Extensions.Logging.Abstractions;
using Republic.Core.Data;

namespace Republic.Tests.Unit.Data;

public sealed class AfterCommitTests
{
    [Fact]
    public async Task A_step_that_fails_keeps_no_other_from_running()
    {
        List<string> ran = [];

        await new AfterCommit(NullLogger<AfterCommit>.Instance).RunAsync(
            _ => throw new InvalidOperationException("At once"),
            _ => Step("second"),
            async _ =>
            {
                await Step("third");
                throw new OperationCanceledException("Later");
            },
            _ => Step("fourth")
        );

        Assert.Equal(["second", "third", "fourth"], ran);

        Task Step(string name)
        {
            ran.Add(name);
            return Task.CompletedTask;
        }
    }
}
