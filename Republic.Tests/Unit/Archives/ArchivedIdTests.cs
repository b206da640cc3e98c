using Republic.Core.Archives;

namespace Republic.Tests.Unit.Archives;

public sealed class ArchivedIdTests
{
    private static readonly Guid Person = Guid.Parse("0198c5a4-1111-7222-8333-444455556666");
    private static readonly Guid Original = Guid.Parse("0198c5a4-aaaa-7bbb-8ccc-ddddeeeeffff");

    [Fact]
    public void A_thing_has_the_same_id_each_time_and_another_for_each_person()
    {
        var id = ArchivedId.Of(Person, Original);

        Assert.Equal(id, ArchivedId.Of(Person, Original));
        Assert.NotEqual(id, ArchivedId.Of(Guid.CreateVersion7(), Original));
        Assert.NotEqual(Original, id);
    }

    [Fact]
    public void It_begins_with_the_time_of_the_original_so_that_lists_keep_their_order() =>
        Assert.Equal(Original.ToString()[..13], ArchivedId.Of(Person, Original).ToString()[..13]);

    [Fact]
    public void What_has_a_name_in_place_of_an_id_has_one_too()
    {
        Assert.Equal(ArchivedId.Of(Person, "my-weights"), ArchivedId.Of(Person, "my-weights"));
        Assert.NotEqual(ArchivedId.Of(Person, "my-weights"), ArchivedId.Of(Person, "your-weights"));
    }
}
