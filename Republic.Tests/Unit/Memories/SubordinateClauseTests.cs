using Republic.Core.Memories.Learning;

namespace Republic.Tests.Unit.Memories;

public sealed class SubordinateClauseTests
{
    [Theory]
    [InlineData("ich Vegetarierin bin", "ich bin Vegetarierin")]
    [InlineData("ich in Koeln wohne", "ich wohne in Koeln")]
    [InlineData("ich Anna heisse", "ich heisse Anna")]
    [InlineData("ich gerne lese", "ich lese gerne")]
    [InlineData("ich nicht schwimmen kann", "ich kann nicht schwimmen")]
    [InlineData("ich nach Rom gezogen bin", "ich bin nach Rom gezogen")]
    [InlineData("ich Hunde und Katzen mag", "ich mag Hunde und Katzen")]
    [InlineData("ich Vegetarierin bin und in Köln wohne", "ich bin Vegetarierin und wohne in Köln")]
    [InlineData("ich keinen Kaffee trinke, weil er mir nicht bekommt", "ich trinke keinen Kaffee, weil er mir nicht bekommt")]
    [InlineData("ich um acht aufstehe", "ich stehe um acht auf")]
    [InlineData("wir uns donnerstags treffen, bitte", "wir treffen uns donnerstags")]
    [InlineData("du mich Zoe nennen sollst", "du sollst mich Zoe nennen")]
    [InlineData("mein Name Zoe ist", "mein Name ist Zoe")]
    [InlineData("mein Name Zoe Müller ist", "mein Name ist Zoe Müller")]
    [InlineData("meine Schwester Anna heisst", "meine Schwester heisst Anna")]
    [InlineData("meine kleine Schwester Anna heißt", "meine kleine Schwester heißt Anna")]
    [InlineData("meine schwester anna heisst", "meine schwester heisst anna")]
    [InlineData("mein Chef Dr. Meier ist", "mein Chef ist Dr. Meier")]
    [InlineData("unsere Kinder in Bonn leben", "unsere Kinder leben in Bonn")]
    [InlineData("ich  in  Köln wohne", "ich wohne in Köln")]
    [InlineData("ich bin Vegetarierin", "ich bin Vegetarierin")]
    [InlineData("mein Name ist Zoe", "mein Name ist Zoe")]
    public void Its_verb_moves_behind_the_subject(string clause, string sentence) =>
        Assert.Equal(sentence, SubordinateClause.AsMainClause(clause));

    [Theory]
    [InlineData("ich einen Hund, eine Katze und ein Pferd habe")]
    [InlineData("ich Vegetarierin bin, in Köln wohne und viel lese")]
    [InlineData("ich, wenn es regnet, lese")]
    [InlineData("ich schnell antworte")]
    [InlineData("meine Schwester Anna in Köln wohnt")]
    [InlineData("meine schwester anna in köln wohnt")]
    [InlineData("mein Mann und ich in Bonn leben")]
    [InlineData("der Drucker im Keller steht")]
    [InlineData("ich Ärztin")]
    [InlineData("ich")]
    public void Where_that_is_not_sure_it_stays_a_clause(string clause) =>
        Assert.Equal($"dass {clause}", SubordinateClause.AsMainClause(clause));

    [Theory]
    [InlineData("merk dir, dass ich Vegetarierin bin", "Ich bin Vegetarierin.")]
    [InlineData("Bitte merke dir, daß ich in Köln wohne.", "Ich wohne in Köln.")]
    [InlineData("merk dir bitte dass mein Name Zoe ist", "Mein Name ist Zoe.")]
    [InlineData("Vergiss nicht, dass der Drucker im Keller steht!", "Dass der Drucker im Keller steht.")]
    [InlineData("Merk dir, ich wohne in Köln.", "Ich wohne in Köln.")]
    public void What_is_to_be_remembered_is_kept_as_a_sentence(string message, string content) =>
        Assert.Equal(content, Assert.Single(FactExtractor.In(message)).Content);
}
