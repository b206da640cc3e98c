using System.Globalization;
using Republic.Core;
using Republic.Core.Llama.Grammars;
using Republic.Core.Llama.Grammars.Json;

namespace Republic.Tests.Unit.Llama.Grammars;

public sealed class NumberRangeTests
{
    [Fact]
    public void Whole_numbers_are_those_between_the_limits()
    {
        var random = new SeededRandom(3);
        for (var i = 0; i < 200; i++)
        {
            var (least, most) = ((-1200 + random.Next(2400)), (-1200 + random.Next(2400)));
            if (least > most)
            {
                Assert.Throws<GrammarException>(() => new Grammar(NumberRange.Integers(least, most)));
                continue;
            }

            var grammar = new Grammar(NumberRange.Integers(least, most));

            Assert.Equal(
                Enumerable.Range(least, most - least + 1),
                Enumerable
                    .Range(-1500, 3000)
                    .Where(number => FollowedGrammar.Accepts(grammar, number.ToString(CultureInfo.InvariantCulture)))
            );
            Assert.False(FollowedGrammar.Accepts(grammar, "01"));
            Assert.False(FollowedGrammar.Accepts(grammar, "-0"));
        }
    }

    [Fact]
    public void Decimal_numbers_are_those_between_the_limits()
    {
        var random = new SeededRandom(4);
        for (var i = 0; i < 300; i++)
        {
            var (places, morePlaces) = (random.Next(4), random.Next(4));
            var least = new BigDecimal((-3000 + random.Next(6000)), places);
            var most = new BigDecimal((-3000 + random.Next(6000)), morePlaces);
            var (isOpen, isOpenAbove) = (random.Next(2) == 0, random.Next(2) == 0);
            var (from, to) = (
                decimal.Parse(least.ToString(), CultureInfo.InvariantCulture),
                decimal.Parse(most.ToString(), CultureInfo.InvariantCulture)
            );
            if (from >= to)
            {
                continue;
            }

            var grammar = new Grammar(NumberRange.Decimals(new NumberLimit(least, isOpen), new NumberLimit(most, isOpenAbove)));
            for (var j = 0; j < 200; j++)
            {
                var middle =
                    j % 3 == 0 ? from
                    : j % 3 == 1 ? to
                    : (from + to) / 2;
                var number = Math.Round(middle + ((-500 + random.Next(1000)) / 100m * (decimal)Math.Pow(10, -random.Next(4))), 4);
                var isWithin = (isOpen ? number > from : number >= from) && (isOpenAbove ? number < to : number <= to);
                var text = number.ToString("0.####", CultureInfo.InvariantCulture);

                Assert.True(isWithin == FollowedGrammar.Accepts(grammar, text), $"{text} in {from} {isOpen} to {to} {isOpenAbove}");
                Assert.True(
                    isWithin == FollowedGrammar.Accepts(grammar, number.ToString("0.0000", CultureInfo.InvariantCulture)),
                    $"{text} with zeros"
                );
            }

            for (var j = 0; j < 20; j++)
            {
                var text = FollowedGrammar.Write(grammar, random, 12);
                var number = double.Parse(text, CultureInfo.InvariantCulture);
                Assert.True(isOpen ? number > (double)from : number >= (double)from, text);
                Assert.True(isOpenAbove ? number < (double)to : number <= (double)to, text);
            }
        }
    }

    [Theory]
    [InlineData("1", 1, 0)]
    [InlineData("-1.50", -150, 2)]
    [InlineData("1e3", 1000, 0)]
    [InlineData("12.5E-2", 125, 3)]
    [InlineData("0.1e1", 1, 0)]
    public void A_number_is_read_with_all_its_digits(string text, int digits, int places) =>
        Assert.Equal(new BigDecimal(digits, places), BigDecimal.Parse(text));

    [Theory]
    [InlineData("1e99999")]
    [InlineData("1e-99999")]
    [InlineData("1e999999999999999999999")]
    public void One_that_nobody_counts_with_is_none(string text) => Assert.Null(BigDecimal.Parse(text));
}
