"""One question of bench/seats with a peer: seats.py PEER TASK FILE

Prints `seconds S` for a call, CPU time, and `answer A`.
"""
import sys

from timed import timed

peer, task, path = sys.argv[1:4]
in_one = 1  # vectors of votes in a call


def vectors():
    """A line for each vector of votes; of a matrix, seats by row come first."""
    with open(path) as file:
        return [[int(n) for n in line.split()] for line in file]


def ballots():
    """BLT: (seats, candidates, [(weight, (candidate, ...))])."""
    with open(path) as file:
        candidates, seats = map(int, file.readline().split())
        papers = []
        for line in file:
            words = line.split()
            if words == ["0"]:
                break
            papers.append((int(words[0]), tuple(map(int, words[1:-1]))))
    return seats, candidates, papers


def seats_of(found, n):
    return ",".join(str(found.get(i, 0)) for i in range(n))


def sorted_names(names):
    return ",".join(str(name) for name in sorted(names))


def votelib_votes(evaluator, seats):
    votes = dict(enumerate(vectors()[0]))
    return lambda: seats_of(evaluator.evaluate(votes, seats), len(votes))


def votelib_batch(evaluator, seats):
    global in_one
    all_votes = [dict(enumerate(votes)) for votes in vectors()]
    in_one = len(all_votes)

    def run():
        found = [evaluator.evaluate(votes, seats) for votes in all_votes]
        return ";".join(seats_of(one, len(all_votes[0])) for one in found)
    return run


def votelib_matrix():
    from votelib.evaluate.proportional import BiproportionalEvaluator
    magnitudes, *rows = vectors()
    # a list without votes in a district makes it fail, as do keys that are 0
    votes = {f"d{i}": {f"l{k}": n for k, n in enumerate(row) if n > 0}
             for i, row in enumerate(rows)}
    evaluator = BiproportionalEvaluator(
        "sainte_lague", apportioner=dict(zip(votes, magnitudes)))

    def run():
        found = evaluator.evaluate(votes, sum(magnitudes))
        return ";".join(",".join(
            str(found[district].get(f"l{k}", 0)) for k in range(len(rows[0])))
            for district in votes)
    return run


def votelib_stv():
    from votelib.evaluate.sequential import TransferableVoteSelector
    seats, _, papers = ballots()
    votes = {}
    for weight, names in papers:
        votes[names] = votes.get(names, 0) + weight
    evaluator = TransferableVoteSelector(transferer="Gregory")
    return lambda: sorted_names(evaluator.evaluate(votes, seats))


def votelib_task():
    from votelib.evaluate.proportional import HighestAverages, LargestRemainder
    dhondt = HighestAverages("d_hondt")
    return {
        "dhondt": lambda: votelib_votes(dhondt, 250),
        "dhondt-explained": lambda: votelib_votes(dhondt, 250),
        "dhondt-batch": lambda: votelib_batch(dhondt, 250),
        "dhondt-large": lambda: votelib_votes(dhondt, 10000),
        "sainte-lague": lambda: votelib_votes(
            HighestAverages("sainte_lague"), 250),
        "hare": lambda: votelib_votes(LargestRemainder("hare"), 250),
        "biproportional": votelib_matrix,
        "scotland": votelib_stv,
    }[task]()


def apportionment_votes(method, seats):
    from apportionment.methods import compute
    votes = vectors()[0]
    return lambda: ",".join(
        str(n) for n in compute(method, votes, seats, verbose=False))


def apportionment_batch():
    from apportionment.methods import compute
    global in_one
    all_votes = vectors()
    in_one = len(all_votes)

    def run():
        found = [compute("dhondt", votes, 250, verbose=False)
                 for votes in all_votes]
        return ";".join(",".join(str(n) for n in one) for one in found)
    return run


def apportionment_task():
    return {
        "dhondt": lambda: apportionment_votes("dhondt", 250),
        "dhondt-explained": lambda: apportionment_votes("dhondt", 250),
        "dhondt-batch": apportionment_batch,
        "dhondt-large": lambda: apportionment_votes("dhondt", 10000),
        "sainte-lague": lambda: apportionment_votes("saintelague", 250),
        "huntington-hill": lambda: apportionment_votes("huntington", 250),
        "hare": lambda: apportionment_votes("hamilton", 250),
        "quota-method": lambda: apportionment_votes("quota", 250),
    }[task]()


def abcvoting_task():
    from abcvoting import abcrules
    from abcvoting.preferences import Profile, Voter
    seats, candidates, papers = ballots()
    profile = Profile(candidates)
    for weight, names in papers:
        for _ in range(weight):
            profile.add_voter(Voter([name - 1 for name in names]))
    rule = {"seqpav": "seqpav", "phragmen": "seqphragmen",
            "equal-shares": "equal-shares", "pav": "pav"}[task]

    def run():
        found = abcrules.compute(rule, profile, seats, resolute=False)
        return ";".join(sorted(
            sorted_names(name + 1 for name in one) for one in found))
    return run


def pref_voting_task():
    from pref_voting import margin_based_methods, voting_methods
    from pref_voting.profiles import Profile
    _, candidates, papers = ballots()
    profile = Profile([[name - 1 for name in names] for _, names in papers],
                      rcounts=[weight for weight, _ in papers])
    method = {
        "schulze": margin_based_methods.beat_path,
        "ranked-pairs": margin_based_methods.ranked_pairs,
        "irv": voting_methods.instant_runoff,
    }[task]
    # the margins are computed once and kept, so that a call needs its own
    ranks = [[name - 1 for name in names] for _, names in papers]
    counts = [weight for weight, _ in papers]
    del profile, candidates

    def run():
        found = method(Profile(ranks, rcounts=counts))
        return sorted_names(int(name) + 1 for name in found)
    return run


question = {"votelib": votelib_task, "apportionment": apportionment_task,
            "abcvoting": abcvoting_task, "pref_voting": pref_voting_task}
seconds, answer, _ = timed(question[peer]())
print("seconds", seconds / in_one)
print("answer", answer)
