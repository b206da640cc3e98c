using Microsoft.Extensions.AI;
using Republic.Core.Answering.Tools;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Answering;

/// <summary>Answers that count as having read what somebody else may have written.</summary>
public sealed class ToolSessionTests
{
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public void Tools_of_servers_and_rounds_before_a_wait_count_as_read(bool hasServer, bool hasWaited, bool hasRead)
    {
        var session = new ToolSession(new ToolNotes([]))
        {
            Earlier = hasWaited ? [new ToolRound("", [])] : [],
            Offered = [Offered(hasServer ? Guid.CreateVersion7() : null)],
        };

        session.Begin([]);

        Assert.Equal(hasRead, session.HasReadOthers);
    }

    private static OfferedTool Offered(Guid? server) =>
        new(AIFunctionFactory.Create(() => "", "echo"))
        {
            Tool = "echo",
            ServerId = server,
            Asks = _ => false,
        };
}
